/** What ResourceQuotas count, how much of it is used, and the charging of writes against them. */
@NullMarked
package io.tiphys.apiserver.quota;

import org.jspecify.annotations.NullMarked;
