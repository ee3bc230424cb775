/** Jobs, and cron jobs that create them on a schedule. */
@NullMarked
package io.tiphys.apiserver.kinds.batch;

import org.jspecify.annotations.NullMarked;
