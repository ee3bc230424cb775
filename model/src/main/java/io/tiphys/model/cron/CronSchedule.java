package io.tiphys.model.cron;

import java.time.Duration;

/**
 * When a CronJob runs (Kubernetes documentation, "CronJob", Schedule syntax). Made by {@link
 * CronParser}.
 */
public sealed interface CronSchedule {

  /**
   * Five fields as sets of bits: bit 5 of {@code minutes} is minute 5. Sunday is 0.
   *
   * @param anyDayOfMonth whether the field was {@code *}
   * @param anyDayOfWeek whether the field was {@code *}. If neither was, a day that satisfies
   *     either field counts; else one that satisfies both
   */
  record Fields(
      long minutes,
      long hours,
      long daysOfMonth,
      long months,
      long daysOfWeek,
      boolean anyDayOfMonth,
      boolean anyDayOfWeek)
      implements CronSchedule {}

  /** {@code @every 1h30m}: so long after the last run. */
  record Every(Duration delay) implements CronSchedule {}
}
