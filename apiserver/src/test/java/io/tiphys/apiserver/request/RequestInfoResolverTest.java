package io.tiphys.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs and what they ask for. */
final class RequestInfoResolverTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          GET,    /api/v1/namespaces,                         '',               list '' v1 '' namespaces '' ''
          GET,    /api/v1/namespaces/a,                       '',               get '' v1 a namespaces '' a
          PUT,    /api/v1/namespaces/a/finalize,              '',               update '' v1 a namespaces finalize a
          GET,    /api/v1/namespaces/a/pods,                  '',               list '' v1 a pods '' ''
          GET,    /api/v1/namespaces/a/pods,                  watch=1,          watch '' v1 a pods '' ''
          GET,    /api/v1/namespaces/a/pods,                  watch=false,      list '' v1 a pods '' ''
          GET,    /api/v1/namespaces/a/pods,                  fieldSelector=metadata.name%3Dp, list '' v1 a pods '' p
          GET,    /api/v1/watch/namespaces/a/pods/p,          '',               watch '' v1 a pods '' p
          GET,    /api/v1/pods/,                              '',               list '' v1 '' pods '' ''
          GET,    /api/v1/namespaces/a/pods/p/log,            '',               get '' v1 a pods log p
          POST,   /apis/apps/v1/namespaces/a/deployments,     '',               create apps v1 a deployments '' ''
          PATCH,  /apis/apps/v1/namespaces/a/deployments/d/scale, '',           patch apps v1 a deployments scale d
          DELETE, /apis/apps/v1/namespaces/a/deployments,     '',               deletecollection apps v1 a deployments '' ''
          DELETE, /apis/apps/v1/namespaces/a/deployments/d,   '',               delete apps v1 a deployments '' d
          GET,    /api/v1/namespaces/a/services/s/proxy/x/y/, '',               get '' v1 a services proxy s
          GET,    /apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode, '', get rbac.authorization.k8s.io v1 '' clusterroles '' system:node
          """)
  void isResolved(String method, String path, String query, String expected) {
    RequestInfo info = RequestInfoResolver.resolve(method, path, Query.parse(query));
    assertThat(info.resourceRequest()).isTrue();
    assertThat(
            String.join(
                " ",
                info.verb(),
                shown(info.group()),
                info.version(),
                shown(info.namespace()),
                info.resource(),
                shown(info.subresource()),
                shown(info.name())))
        .isEqualTo(expected);
  }

  private static String shown(String text) {
    return text.isEmpty() ? "''" : text;
  }

  @ParameterizedTest
  @CsvSource({"/", "/api", "/api/v1", "/apis/apps/v1", "/healthz", "/apis", "/version"})
  void otherPathsNameNoResource(String path) {
    RequestInfo info = RequestInfoResolver.resolve("GET", path, Query.parse(""));
    assertThat(info.resourceRequest()).isFalse();
    assertThat(info.verb()).isEqualTo("get");
    assertThat(info.path()).isEqualTo(path);
  }
}
