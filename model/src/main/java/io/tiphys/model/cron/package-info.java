/** Schedules in cron's notation. */
@NullMarked
package io.tiphys.model.cron;

import org.jspecify.annotations.NullMarked;
