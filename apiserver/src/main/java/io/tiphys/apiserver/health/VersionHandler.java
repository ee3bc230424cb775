package io.tiphys.apiserver.health;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.pipeline.PathHandler;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonObject;

/** {@code /version}: the Kubernetes version that clients compare their own with. */
public final class VersionHandler implements PathHandler {
  /** The version of the API that is served. */
  public static final String GIT_VERSION = "v1.36.0+tiphys";

  private static final byte[] BODY =
      JsonObject.of(
              "major", "1",
              "minor", "36",
              "emulationMajor", "1",
              "emulationMinor", "36",
              "minCompatibilityMajor", "1",
              "minCompatibilityMinor", "35",
              "gitVersion", GIT_VERSION,
              "gitCommit", "",
              "gitTreeState", "clean",
              "buildDate", "2026-01-01T00:00:00Z",
              "goVersion", "",
              "compiler", "javac",
              "platform", "linux/" + architecture())
          .toBytes();

  private static String architecture() {
    String name = System.getProperty("os.arch", "");
    return name.equals("aarch64") ? "arm64" : name;
  }

  @Override
  public void handle(Exchange exchange, RequestContext context) {
    exchange.respond(Response.json(200, BODY));
  }
}
