package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code batch} by resource. */
public final class BatchKinds {
  public static final String GROUP = "batch";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "jobs",
          new JobStrategy(),
          "jobs/status",
          StatusStrategy.checked(JobStatusRules::validate),
          "cronjobs",
          new CronJobStrategy(),
          "cronjobs/status",
          StatusStrategy.PLAIN);

  private BatchKinds() {}
}
