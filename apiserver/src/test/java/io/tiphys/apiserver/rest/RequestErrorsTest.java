package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are refused: code, reason and text as upstream has them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestErrorsTest {
  private static final String CM = "/api/v1/namespaces/n/configmaps";
  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
    server.post(CM, "{\"metadata\":{\"name\":\"there\"}}");
    server.post(
        "/apis/apps/v1/namespaces/n/deployments",
        """
        {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{
        "metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** A request and what it is answered with. */
  record Case(
      String method,
      String path,
      String contentType,
      String body,
      int code,
      String reason,
      String text) {
    @Override
    public String toString() {
      return method + " " + path + " " + body;
    }
  }

  private static Case get(String path, int code, String reason, String text) {
    return new Case("GET", path, "application/json", "", code, reason, text);
  }

  private static Case post(String body, int code, String reason, String text) {
    return new Case("POST", CM, "application/json", body, code, reason, text);
  }

  private static Case patch(
      String path, String kind, String body, int code, String reason, String text) {
    return new Case("PATCH", path, "application/" + kind, body, code, reason, text);
  }

  static Stream<Case> cases() {
    String there = CM + "/there";
    return Stream.of(
        get(CM + "/absent", 404, "NotFound", "configmaps \"absent\" not found"),
        get(
            "/api/v1/nothings",
            404,
            "NotFound",
            "the server could not find the requested resource"),
        get(
            "/api/v1/configmaps/x",
            404,
            "NotFound",
            "the server could not find the requested resource"),
        get(
            "/api/v1/namespaces/n/nodes",
            404,
            "NotFound",
            "the server could not find the requested resource"),
        get(
            CM + "/there/status",
            404,
            "NotFound",
            "the server could not find the requested resource"),
        get(CM + "?limit=x", 400, "BadRequest", "strconv.ParseInt: parsing \"x\": invalid syntax"),
        get(
            CM + "?resourceVersion=x",
            400,
            "BadRequest",
            "invalid resource version: resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax"),
        get(CM + "?resourceVersion=-1", 400, "BadRequest", "Invalid value: \"-1\""),
        get(
            CM + "?resourceVersion=1000000",
            504,
            "Timeout",
            "Too large resource version: 1000000, current: "),
        get(
            CM + "?resourceVersionMatch=Exact",
            422,
            "Invalid",
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided"),
        get(
            CM + "?resourceVersionMatch=Exact&resourceVersion=0",
            422,
            "Invalid",
            "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""),
        get(
            CM + "?sendInitialEvents=true",
            422,
            "Invalid",
            "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"),
        get(
            CM + "?watch=1&sendInitialEvents=true",
            422,
            "Invalid",
            "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
        get(
            CM + "?watch=1&resourceVersionMatch=NotOlderThan",
            422,
            "Invalid",
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"),
        get(CM + "?continue=%21", 400, "BadRequest", "continue key is not valid"),
        get(CM + "?labelSelector=a%3D%3D%3D", 400, "BadRequest", "unable to parse requirement"),
        get(
            CM + "?fieldSelector=data.x%3Dy",
            400,
            "BadRequest",
            "\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""),
        get(
            "/api/v1/pods?fieldSelector=spec.foo%3Dy",
            400, "BadRequest", "field label not supported: spec.foo"),
        post(
            "",
            400,
            "BadRequest",
            "the object provided is unrecognized (must be of type ConfigMap): "),
        post(
            "{",
            400,
            "BadRequest",
            "the object provided is unrecognized (must be of type ConfigMap): "),
        post("[]", 400, "BadRequest", "(must be of type ConfigMap)"),
        post(
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
            400,
            "BadRequest",
            "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion"),
        post(
            "{\"kind\":\"Foo\",\"apiVersion\":\"v1\"}",
            400,
            "BadRequest",
            "no kind \"Foo\" is registered for version \"v1\""),
        post(
            "{\"data\":[]}",
            400,
            "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string"),
        post(
            "{}",
            422,
            "Invalid",
            "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required"),
        post(
            "{\"metadata\":{\"name\":\"there\"}}",
            409,
            "AlreadyExists",
            "configmaps \"there\" already exists"),
        post(
            "{\"metadata\":{\"name\":\"A_\"}}",
            422,
            "Invalid",
            "ConfigMap \"A_\" is invalid: metadata.name: Invalid value: \"A_\": a lowercase RFC 1123 subdomain must consist of"),
        post(
            "{\"metadata\":{\"name\":\"x\",\"namespace\":\"m\"}}",
            400,
            "BadRequest",
            "the namespace of the provided object does not match the namespace sent on the request"),
        post(
            "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"1\"}}",
            400,
            "BadRequest",
            "resourceVersion should not be set on objects to be created"),
        post(
            "{\"metadata\":{\"name\":\"x\",\"labels\":{\"a b\":\"c\"}}}",
            422,
            "Invalid",
            "metadata.labels: Invalid value: \"a b\": name part must consist of"),
        post(
            "{\"metadata\":{\"name\":\"x\",\"annotations\":{\"a\":\""
                + "x".repeat(262_145)
                + "\"}}}",
            422,
            "Invalid",
            "metadata.annotations: Too long: may not be more than 262144 bytes"),
        post(
            "{\"metadata\":{\"name\":\"x\",\"finalizers\":[\"a b\"]}}",
            422,
            "Invalid",
            "metadata.finalizers: Invalid value: \"a b\""),
        post(
            "{\"metadata\":{\"name\":\"x\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"}]}}",
            422,
            "Invalid",
            "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty"),
        new Case(
            "POST",
            CM + "?dryRun=Some",
            "application/json",
            "{}",
            422,
            "Invalid",
            "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]: supported values: \"All\""),
        new Case(
            "POST",
            CM + "?fieldValidation=x",
            "application/json",
            "{}",
            422,
            "Invalid",
            "fieldValidation: Unsupported value: \"x\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\""),
        new Case(
            "POST",
            CM + "?fieldManager=" + "x".repeat(129),
            "application/json",
            "{}",
            422,
            "Invalid",
            "fieldManager: Too long: may not be more than 128 bytes"),
        new Case(
            "POST",
            CM + "?fieldValidation=Strict",
            "application/json",
            "{\"metadata\":{\"name\":\"x\",\"name\":\"y\"},\"foo\":1}",
            400,
            "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: duplicate field \"metadata.name\", unknown field \"foo\""),
        new Case(
            "POST",
            CM,
            "text/plain",
            "{}",
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf"),
        new Case(
            "POST",
            there,
            "application/json",
            "{}",
            405,
            "MethodNotAllowed",
            "the server does not allow this method on the requested resource"),
        new Case(
            "POST",
            "/api/v1/configmaps",
            "application/json",
            "{}",
            405,
            "MethodNotAllowed",
            "the server does not allow this method"),
        new Case(
            "PUT",
            there,
            "application/json",
            "{}",
            400,
            "BadRequest",
            "the name of the object (there based on URL) was undeterminable: name must be provided"),
        new Case(
            "PUT",
            there,
            "application/json",
            "{\"metadata\":{\"name\":\"x\"}}",
            400,
            "BadRequest",
            "the name of the object (x) does not match the name on the URL (there)"),
        new Case(
            "PUT",
            there,
            "application/json",
            "{\"metadata\":{\"name\":\"there\",\"namespace\":\"m\"}}",
            400,
            "BadRequest",
            "the namespace of the object (m) does not match the namespace on the request (n)"),
        new Case(
            "PUT",
            there,
            "application/json",
            "{\"metadata\":{\"name\":\"there\",\"uid\":\"u\"}}",
            409,
            "Conflict",
            "AdditionalErrorMsg: Precondition failed: UID in precondition: u, UID in object meta: "),
        new Case(
            "PUT",
            there,
            "application/json",
            "{\"metadata\":{\"name\":\"there\",\"resourceVersion\":\"1\"}}",
            409,
            "Conflict",
            "the object has been modified; please apply your changes to the latest version and try again"),
        new Case(
            "PUT",
            CM + "/absent",
            "application/json",
            "{\"metadata\":{\"name\":\"absent\"}}",
            404,
            "NotFound",
            "configmaps \"absent\" not found"),
        new Case(
            "DELETE",
            CM + "/absent",
            "application/json",
            "",
            404,
            "NotFound",
            "configmaps \"absent\" not found"),
        new Case(
            "DELETE",
            there,
            "application/json",
            "{\"preconditions\":{\"uid\":\"u\"}}",
            409,
            "Conflict",
            "Operation cannot be fulfilled on ConfigMap \"there\": the UID in the precondition (u) does not match the UID in record ("),
        new Case(
            "DELETE",
            there,
            "application/json",
            "{\"preconditions\":{\"resourceVersion\":\"1\"}}",
            409,
            "Conflict",
            "the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ("),
        new Case(
            "DELETE",
            there + "?propagationPolicy=x",
            "application/json",
            "",
            422,
            "Invalid",
            "propagationPolicy: Unsupported value: \"x\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""),
        new Case(
            "DELETE",
            there,
            "application/json",
            "{\"orphanDependents\":true,\"propagationPolicy\":\"Orphan\"}",
            422,
            "Invalid",
            "orphanDependents and deletionPropagation cannot be both set"),
        patch(
            there,
            "json",
            "{}",
            415,
            "UnsupportedMediaType",
            "accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"),
        patch(there, "merge-patch+json", "{", 400, "BadRequest", "Invalid JSON Patch"),
        patch(
            there,
            "merge-patch+json",
            "{\"data\":[]}",
            422,
            "Invalid",
            " \"\" is invalid: patch: Invalid value: "),
        get(
            "/api/v1/namespaces/n/pods/p/log",
            404,
            "NotFound",
            "the server could not find the requested resource"),
        patch(
            there,
            "merge-patch+json",
            "{\"metadata\":{\"resourceVersion\":\"1\"}}",
            409,
            "Conflict",
            "the object has been modified"),
        patch(
            there,
            "json-patch+json",
            "[{\"op\":\"test\",\"path\":\"/data/x\",\"value\":1}]",
            422,
            "Invalid",
            "the server rejected our request due to an error in our request"),
        patch(
            there,
            "merge-patch+json",
            "{\"metadata\":{\"name\":\"other\"}}",
            400,
            "BadRequest",
            "the name of the object (other) does not match the name on the URL (there)"),
        patch(
            CM + "/absent",
            "merge-patch+json",
            "{}",
            404,
            "NotFound",
            "configmaps \"absent\" not found"),
        patch(
            there,
            "apply-patch+yaml",
            "kind: ConfigMap",
            422,
            "Invalid",
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"),
        patch(
            there + "?force=true",
            "merge-patch+json",
            "{}",
            422,
            "Invalid",
            "force: Forbidden: may not be specified for non-apply patch"),
        patch(
            "/apis/apps/v1/namespaces/n/deployments/d/scale",
            "merge-patch+json",
            "{\"spec\":{\"replicas\":-1}}",
            422,
            "Invalid",
            "Scale.autoscaling \"d\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefused(Case c) {
    HttpRequest.Builder request =
        server
            .request(c.path())
            .setHeader("Content-Type", c.contentType())
            .method(c.method(), BodyPublishers.ofString(c.body()));
    TestServer.Answer answer = server.send(request);
    assertThat(answer.message()).as(answer.body().toString()).contains(c.text());
    assertThat(answer.status()).isEqualTo(c.code());
    assertThat(answer.reason()).isEqualTo(c.reason());
    assertThat(answer.body().string("kind")).isEqualTo("Status");
    assertThat(answer.body().number("code", 0)).isEqualTo(c.code());
  }
}
