package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.apiserver.resource.ObjectNames;
import io.tiphys.model.cron.CronParser;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CronJobs. Their names leave room for the suffix that makes a Job's name. */
final class CronJobStrategy implements StatusSeparated {
  private static final int MAX_NAME = 52;
  private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z._0-9+][-A-Za-z._0-9+]{0,13}");

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        object, "spec", spec -> Trees.change(spec, "jobTemplate", PodTemplates::defaultsInSpec));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    if (spec.required("schedule")) {
      CronParser.fault(spec.string("schedule")).ifPresent(fault -> spec.invalid("schedule", fault));
    }
    spec.nonNegative("startingDeadlineSeconds");
    timeZone(spec);
    if (spec.required("concurrencyPolicy")) {
      Limits.supported(spec, "concurrencyPolicy", POLICIES);
    }
    Scope job = spec.in("jobTemplate").in("spec");
    JobSpecRules.validate(job);
    job.unless(job.has("selector"), "selector", "`selector` will be auto-generated");
    if (job.value().bool("manualSelector")) {
      errors.notSupported(job.at("manualSelector"), JsonBool.TRUE, List.of("nil", "false"));
    }
    spec.nonNegative("successfulJobsHistoryLimit");
    spec.nonNegative("failedJobsHistoryLimit");
    if (!object.object("metadata").has("resourceVersion")) {
      zoneInSchedule(spec, "");
    }
  }

  /** A zone belongs into its own field; schedules that have one from old times may keep it. */
  private static void zoneInSchedule(Scope spec, String before) {
    boolean now = spec.string("schedule").contains("TZ");
    if (now && !before.contains("TZ")) {
      spec.invalid("schedule", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    } else if (now && spec.has("timeZone")) {
      spec.invalid("schedule", "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
  }

  private static void timeZone(Scope spec) {
    if (!spec.has("timeZone")) {
      return;
    }
    String zone = spec.string("timeZone");
    if (zone.isEmpty()) {
      spec.invalid("timeZone", "timeZone must be nil or non-empty string");
      return;
    }
    boolean wellFormed =
        List.of(zone.split("/", -1)).stream()
            .allMatch(part ->
                ZONE_PART.matcher(part).matches() && !part.equals(".") && !part.equals(".."));
    boolean local = zone.toLowerCase(Locale.ROOT).equals("local");
    spec.unless(
        wellFormed && local,
        "timeZone",
        "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    spec.unless(
        !wellFormed || (!local && !ZONES.contains(zone)), "timeZone", "unknown time zone " + zone);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    zoneInSchedule(Scope.of(updated, errors).in("spec"), current.object("spec").string("schedule"));
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    List<String> faults = new ArrayList<>(ObjectNames.subdomain(name, prefix));
    if (!prefix && name.length() > MAX_NAME) {
      faults.add("must be no more than " + MAX_NAME + " characters");
    }
    return faults;
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return JobTemplates.warnings(
        object,
        object.object("spec").object("jobTemplate").object("spec"),
        FieldPath.of("spec", "jobTemplate", "spec"),
        current);
  }
}
