package io.tiphys.tests.badinput;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Good requests of every sort, for mutation. */
final class FuzzSeeds {
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"fuzz","labels":{"a":"b"}},"spec":{\
      "containers":[{"name":"c","image":"i","env":[{"name":"A","value":"1"}],"resources":{\
      "limits":{"cpu":"1","memory":"1Gi"}},"ports":[{"containerPort":80}],"livenessProbe":{\
      "httpGet":{"path":"/","port":"http"}},"volumeMounts":[{"name":"v","mountPath":"/v"}]}],\
      "volumes":[{"name":"v","emptyDir":{"sizeLimit":"1Gi"}}],"tolerations":[{"operator":"Exists"}]}}\
      """;

  private static final String DEPLOYMENT_YAML =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: fuzz, labels: {a: b}}
      spec:
        replicas: 2
        strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}
        selector: {matchLabels: {a: b}}
        template:
          metadata: {labels: {a: b}}
          spec:
            containers:
            - {name: c, image: i, args: ["x", "y"]}
      """;

  private static final String SERVICE =
      """
      {"apiVersion":"v1","kind":"Service","metadata":{"name":"fuzz"},"spec":{"type":"NodePort",\
      "selector":{"a":"b"},"ports":[{"name":"p","port":80,"targetPort":"http","nodePort":30123}],\
      "ipFamilyPolicy":"SingleStack","sessionAffinity":"None"}}\
      """;

  private static final String ROLE =
      """
      {"metadata":{"name":"fuzz"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}\
      """;

  private static final String JOB =
      """
      {"metadata":{"name":"fuzz"},"spec":{"completions":2,"completionMode":"Indexed","parallelism":1,\
      "podFailurePolicy":{"rules":[{"action":"Ignore","onExitCodes":{"operator":"In","values":[1]}}]},\
      "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}\
      """;

  private static final String CRON_JOB =
      """
      {"metadata":{"name":"fuzz"},"spec":{"schedule":"*/5 1-3 * * 1,2","timeZone":"Europe/Berlin",\
      "jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c",\
      "image":"i"}]}}}}}}\
      """;

  private static final String SLICE =
      """
      {"metadata":{"name":"fuzz"},"spec":{"driver":"d.example.com","pool":{"name":"p","generation":1,\
      "resourceSliceCount":1},"nodeName":"n1","devices":[{"name":"d","attributes":{"a":{"int":1}},\
      "capacity":{"m":{"value":"1Gi"}}}]}}\
      """;

  private static final String AUTOSCALER =
      """
      {"metadata":{"name":"fuzz"},"spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment",\
      "name":"web"},"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{\
      "type":"Utilization","averageUtilization":50}}}]}}\
      """;

  private static final String OLD_INGRESS =
      """
      {"apiVersion":"extensions/v1beta1","kind":"Ingress","metadata":{"name":"fuzz"},"spec":{\
      "backend":{"serviceName":"s","servicePort":80},"rules":[{"host":"a.example.com","http":{\
      "paths":[{"path":"/x","backend":{"serviceName":"s","servicePort":"http"}}]}}]}}\
      """;

  private static final String REVIEW =
      """
      {"spec":{"user":"a","groups":["g"],"extra":{"k":["v"]},"resourceAttributes":{"verb":"get",\
      "resource":"pods","namespace":"default","labelSelector":{"requirements":[{"key":"a",\
      "operator":"In","values":["b"]}]}}}}\
      """;

  private FuzzSeeds() {}

  /** A request. */
  record Seed(String method, String path, String contentType, byte[] body) {
    @Override
    public String toString() {
      return method
          + " "
          + path
          + " "
          + contentType
          + "\n"
          + new String(body, StandardCharsets.UTF_8);
    }
  }

  static List<Seed> all(TestServer server) {
    List<Seed> seeds = new ArrayList<>();
    String core = "/api/v1/namespaces/default/";
    String apps = "/apis/apps/v1/namespaces/default/";
    json(seeds, "POST", core + "pods?fieldManager=m&fieldValidation=Warn&dryRun=All", POD);
    json(seeds, "POST", core + "services?dryRun=All", SERVICE);
    json(seeds, "POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", ROLE);
    json(seeds, "POST", "/apis/batch/v1/namespaces/default/jobs?dryRun=All", JOB);
    json(seeds, "POST", "/apis/batch/v1/namespaces/default/cronjobs?dryRun=All", CRON_JOB);
    json(seeds, "POST", "/apis/resource.k8s.io/v1/resourceslices?dryRun=All", SLICE);
    json(
        seeds,
        "POST",
        "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers?dryRun=All",
        AUTOSCALER);
    json(
        seeds,
        "POST",
        "/apis/extensions/v1beta1/namespaces/default/ingresses?dryRun=All",
        OLD_INGRESS);
    json(seeds, "POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", REVIEW);
    json(
        seeds,
        "POST",
        core + "serviceaccounts/robot/token",
        "{\"spec\":{\"expirationSeconds\":3600}}");
    json(
        seeds,
        "POST",
        core + "pods/web/eviction?dryRun=All",
        "{\"metadata\":{\"name\":\"web\"},\"deleteOptions\":{\"gracePeriodSeconds\":1}}");
    json(
        seeds,
        "DELETE",
        core + "configmaps/settings-2?dryRun=All",
        "{\"propagationPolicy\":\"Foreground\",\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"x\"}}");
    json(
        seeds,
        "PUT",
        core + "configmaps/settings",
        "{\"metadata\":{\"name\":\"settings\"},\"data\":{\"a\":\"b\"}}");
    json(
        seeds,
        "PUT",
        apps + "deployments/web/scale",
        "{\"kind\":\"Scale\",\"apiVersion\":\"autoscaling/v1\",\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":2}}");
    body(seeds, "POST", apps + "deployments?dryRun=All", "application/yaml", DEPLOYMENT_YAML);
    body(
        seeds,
        "PATCH",
        apps + "deployments/fuzz?fieldManager=m&force=true&dryRun=All",
        "application/apply-patch+yaml",
        DEPLOYMENT_YAML);
    patches(seeds, apps + "deployments/web?dryRun=All");
    for (String query :
        List.of(
            "pods?labelSelector=a%20in%20(b,c),!d,e%3Df,g%3E5&fieldSelector=spec.nodeName%3Dn1,status.phase!%3DRunning",
            "configmaps?limit=2&resourceVersion=5&resourceVersionMatch=NotOlderThan",
            "events?limit=1&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiJhIn0",
            "configmaps?watch=true&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=1",
            "pods/web?pretty=true",
            "pods/web/log?tailLines=1&follow=false&container=c")) {
      seeds.add(new Seed("GET", core + query, "", new byte[0]));
    }
    for (String path :
        List.of("/apis", "/openapi/v3/apis/apps/v1?hash=1", "/readyz?verbose", "/version")) {
      seeds.add(new Seed("GET", path, "", new byte[0]));
    }
    for (String path : List.of("configmaps/settings", "pods/web", "services/web", "secrets/open")) {
      Http1.Answer answer =
          server.send(
              "GET",
              core + path,
              "admin",
              Map.of("Accept", "application/vnd.kubernetes.protobuf"),
              new byte[0]);
      seeds.add(new Seed("PUT", core + path, "application/vnd.kubernetes.protobuf", answer.body()));
    }
    return seeds;
  }

  private static void patches(List<Seed> seeds, String path) {
    body(
        seeds,
        "PATCH",
        path,
        "application/json-patch+json",
        "[{\"op\":\"add\",\"path\":\"/metadata/labels/x\",\"value\":\"y\"},{\"op\":\"test\",\"path\":\"/spec/replicas\","
            + "\"value\":1},{\"op\":\"copy\",\"from\":\"/spec\",\"path\":\"/status\"},{\"op\":\"remove\",\"path\":"
            + "\"/spec/template/spec/containers/0\"}]");
    body(
        seeds,
        "PATCH",
        path,
        "application/merge-patch+json",
        "{\"metadata\":{\"annotations\":{\"a\":\"b\",\"c\":null}},\"spec\":{\"replicas\":3}}");
    body(
        seeds,
        "PATCH",
        path,
        "application/strategic-merge-patch+json",
        "{\"spec\":{\"template\":{\"spec\":{\"$setElementOrder/containers\":[{\"name\":\"d\"},{\"name\":\"c\"}],"
            + "\"containers\":[{\"$patch\":\"delete\",\"name\":\"c\"},{\"name\":\"d\",\"image\":\"j\"}],"
            + "\"$retainKeys\":[\"containers\"]}}}}");
  }

  private static void json(List<Seed> seeds, String method, String path, String body) {
    body(seeds, method, path, "application/json", body);
  }

  private static void body(List<Seed> seeds, String method, String path, String type, String body) {
    seeds.add(new Seed(method, path, type, body.getBytes(StandardCharsets.UTF_8)));
  }
}
