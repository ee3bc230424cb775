package io.tiphys.apiserver.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tiphys.apiserver.authentication.TokenAuthenticator.Identity;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.apiserver.serviceaccount.Jwt;
import io.tiphys.apiserver.serviceaccount.KeyFiles;
import io.tiphys.apiserver.serviceaccount.LegacyTokens;
import io.tiphys.apiserver.serviceaccount.SigningKey;
import io.tiphys.apiserver.serviceaccount.TestKeys;
import io.tiphys.apiserver.serviceaccount.TokenIssuer;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens from request to recognition: issued by one part, verified by the other. */
class ServiceAccountTokensTest {
  private static final SigningKey RSA = KeyFiles.generate();
  private static final SigningKey EC = TestKeys.ec();
  private static final String ISSUER = "https://kubernetes.default.svc";
  private static final List<String> API = List.of(ISSUER);
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  private final AtomicReference<Instant> time = new AtomicReference<>(START);
  private final FakeRegistry registry = new FakeRegistry();
  private final CopyOnWriteArrayList<String> warnings = new CopyOnWriteArrayList<>();
  private final ServiceAccountTokens tokens =
      new ServiceAccountTokens(
          registry.stored(),
          List.of(ISSUER, "https://old.example"),
          List.of(RSA.verification(), EC.verification()),
          API,
          time::get);

  @BeforeEach
  void objects() {
    put("nodes", "{'metadata':{'name':'n1','uid':'node-uid'}}");
    put("serviceaccounts", "{'metadata':{'name':'sa','namespace':'n','uid':'sa-uid'}}");
    put(
        "pods",
        "{'metadata':{'name':'p','namespace':'n','uid':'pod-uid'},"
            + "'spec':{'serviceAccountName':'sa','nodeName':'n1'}}");
    put("secrets", "{'metadata':{'name':'s','namespace':'n','uid':'secret-uid'}}");
  }

  @Test
  void tokenNamesTheAccount() {
    for (SigningKey key : List.of(RSA, EC)) {
      Identity identity = tokens.authenticate(token(key, "{}"), API).orElseThrow();
      assertThat(identity.audiences()).isEqualTo(API);
      assertThat(identity.user().name()).isEqualTo("system:serviceaccount:n:sa");
      assertThat(identity.user().uid()).isEqualTo("sa-uid");
      assertThat(identity.user().groups())
          .contains("system:serviceaccounts", "system:serviceaccounts:n");
      assertThat(identity.user().extra()).containsOnlyKeys(UserInfo.CREDENTIAL_ID);
    }
  }

  @Test
  void tokenOfAPodNamesPodAndNode() {
    String token =
        token(
            RSA, "{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p','uid':'pod-uid'}}");
    assertThat(tokens.authenticate(token, API).orElseThrow().user().extra())
        .containsEntry("authentication.kubernetes.io/pod-name", List.of("p"))
        .containsEntry("authentication.kubernetes.io/pod-uid", List.of("pod-uid"))
        .containsEntry("authentication.kubernetes.io/node-name", List.of("n1"))
        .containsEntry("authentication.kubernetes.io/node-uid", List.of("node-uid"));
  }

  @ParameterizedTest
  @CsvSource({"Pod, pods, n, p", "Secret, secrets, n, s", "Node, nodes, '', n1"})
  void tokenDiesWithWhatItIsBoundTo(String kind, String resource, String namespace, String name) {
    String token =
        token(
            RSA,
            "{'boundObjectRef':{'apiVersion':'v1','kind':'" + kind + "','name':'" + name + "'}}");
    assertThat(tokens.authenticate(token, API)).isPresent();
    registry.delete("", resource, namespace, name);
    refused(token, "service account token has been invalidated");
    JsonObject metadata = JsonObject.of("name", name, "uid", "another");
    registry.put("", resource, JsonObject.of("metadata", metadata.with("namespace", namespace)));
    refused(token, "UID (another) does not match service account");
  }

  @Test
  void tokenDiesWithItsAccount() {
    String token = token(RSA, "{}");
    assertThat(tokens.authenticate(token, API)).isPresent();
    registry.delete("", "serviceaccounts", "n", "sa");
    refused(token, "serviceaccounts \"sa\" not found");
    put("serviceaccounts", "{'metadata':{'name':'sa','namespace':'n','uid':'new'}}");
    refused(token, "service account UID (new) does not match claim (sa-uid)");
  }

  @Test
  void deletionCountsAMinuteAfterItWasAsked() {
    String token = token(RSA, "{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}}");
    put(
        "pods",
        "{'metadata':{'name':'p','namespace':'n','uid':'pod-uid',"
            + "'deletionTimestamp':'2026-05-01T12:00:00Z'}}");
    assertThat(tokens.authenticate(token, API)).isPresent();
    time.set(START.plusSeconds(61));
    refused(token, "service account token has been invalidated");
  }

  @Test
  void tokenEndsAtItsTime() {
    String token = token(RSA, "{'expirationSeconds':600}");
    time.set(START.plusSeconds(659));
    assertThat(tokens.authenticate(token, API)).isPresent();
    time.set(START.plusSeconds(661));
    refused(token, "service account token has expired");
    time.set(START.minus(Duration.ofMinutes(2)));
    refused(token, "service account token is not valid yet");
  }

  @Test
  void tokenForOthersIsNotForUs() {
    String token = token(RSA, "{'audiences':['vault','db']}");
    refused(token, "is invalid for the target audiences");
    assertThat(tokens.authenticate(token, List.of("db", "x")).orElseThrow().audiences())
        .containsExactly("db");
  }

  @Test
  void forgedTokensAreRefused() {
    String[] parts = token(RSA, "{}").split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String other = encoded(claims.replace("sa-uid", "xx-uid"));
    refused(parts[0] + "." + other + "." + parts[2], "invalid signature");
    refused(encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".", "invalid signature");
    String header = encoded("{\"alg\":\"HS256\"}");
    refused(header + "." + parts[1] + "." + parts[2], "invalid signature");
    SigningKey stranger = TestKeys.ec();
    refused(Jwt.sign((JsonObject) Json.parse(claims), stranger), "invalid signature");
  }

  @ParameterizedTest
  @CsvSource({"abc", "a.b", "a.b.c", "a.b.c.d", "abcdef.0123456789abcdef", "''"})
  void otherTokensAreNotOurs(String token) {
    assertThat(tokens.authenticate(token, API)).isEmpty();
  }

  @Test
  void tokenOfAnotherIssuerIsNotOurs() {
    JsonObject claims = JsonObject.of("iss", "https://accounts.example", "sub", "x");
    assertThat(tokens.authenticate(Jwt.sign(claims, RSA), API)).isEmpty();
  }

  @Test
  void legacyTokenLivesInItsSecret() {
    JsonObject account = registry.get("", "serviceaccounts", "n", "sa");
    JsonObject secret = registry.get("", "secrets", "n", "s");
    String token = LegacyTokens.sign(account, secret, RSA);
    refused(token, "token does not match server's copy");
    JsonObject data =
        JsonObject.of(
            "token", Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    registry.put("", "secrets", secret.with("data", data));
    assertThat(tokens.authenticate(token, API).orElseThrow().user().name())
        .isEqualTo("system:serviceaccount:n:sa");
    await()
        .untilAsserted(() ->
            assertThat(
                    registry
                        .get("", "secrets", "n", "s")
                        .object("metadata")
                        .object("labels")
                        .string("kubernetes.io/legacy-token-last-used"))
                .isEqualTo("2026-05-01"));
    JsonObject invalid =
        secret
            .with("data", data)
            .withAt(
                JsonString.of("2026-01-01"),
                "metadata",
                "labels",
                "kubernetes.io/legacy-token-invalid-since");
    registry.put("", "secrets", invalid);
    refused(token, "the token has been marked as invalid");
    registry.delete("", "secrets", "n", "s");
    refused(token, "token has been invalidated");
  }

  @Test
  void requestIsAnsweredWithTimes() {
    JsonObject answer = request(RSA, "sa", "{'expirationSeconds':700}");
    assertThat(answer.object("status").string("expirationTimestamp"))
        .isEqualTo("2026-05-01T12:11:40Z");
    assertThat(answer.object("spec").array("audiences").strings()).containsExactly(ISSUER);
    assertThat(answer.object("metadata").string("name")).isEqualTo("sa");
    assertThat(answer.object("metadata").string("namespace")).isEqualTo("n");
  }

  @Test
  void tooLongTokensAreShortenedWithAWarning() {
    JsonObject answer = request(RSA, "sa", "{'expirationSeconds':200000}");
    assertThat(answer.object("spec").number("expirationSeconds", 0)).isEqualTo(86_400);
    assertThat(warnings)
        .containsExactly("requested expiration of 200000 seconds shortened to 86400 seconds");
  }

  @Test
  void tokensOfDefaultVolumesAreExtended() {
    String spec =
        "{'expirationSeconds':3607,'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}}";
    JsonObject answer = request(RSA, "sa", spec);
    assertThat(answer.object("status").string("expirationTimestamp"))
        .isEqualTo("2026-05-01T13:00:07Z");
    time.set(START.plus(Duration.ofDays(364)));
    assertThat(tokens.authenticate(answer.object("status").string("token"), API)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gone | {} | 404 | serviceaccounts \"gone\" not found",
        "sa | {'expirationSeconds':599} | 422 | TokenRequest.authentication.k8s.io \"\" is invalid:"
            + " spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10"
            + " minutes",
        "sa | {'expirationSeconds':4294967297} | 422 | TokenRequest.authentication.k8s.io \"\" is"
            + " invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a"
            + " duration larger than 2^32 seconds",
        "other | {'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}} | 400 | cannot bind"
            + " token for serviceaccount \"other\" to pod running with different serviceaccount"
            + " name.",
        "sa | {'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'q'}} | 404 | pods \"q\" not"
            + " found",
        "sa | {'boundObjectRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'}} | 400 |"
            + " cannot bind token to object of type apps/v1, Kind=Deployment",
        "sa | {'boundObjectRef':{'apiVersion':'v1','kind':'Secret','name':'s','uid':'old'}} | 409 |"
            + " Operation cannot be fulfilled on Secret \"s\": the UID in the bound object"
            + " reference (old) does not match the UID in record. The object might have been"
            + " deleted and then recreated",
      })
  void badRequestsAreExplained(String account, String spec, int code, String message) {
    put("serviceaccounts", "{'metadata':{'name':'other','namespace':'n'}}");
    assertThatThrownBy(() -> request(RSA, account, spec))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  @Test
  void reviewTellsWhoseATokenIs() {
    TokenReviews reviews = new TokenReviews(new BearerTokens(List.of(tokens), API));
    JsonObject good =
        JsonObject.of("spec", JsonObject.of("token", token(RSA, "{'audiences':['db']}")));
    JsonObject asked = good.withAt(Json.parse("[\"db\"]"), "spec", "audiences");
    JsonObject status = reviews.call(call("", asked)).object("status");
    assertThat(status.bool("authenticated")).isTrue();
    assertThat(status.object("user").string("username")).isEqualTo("system:serviceaccount:n:sa");
    assertThat(status.array("audiences").strings()).containsExactly("db");
    JsonObject refused = reviews.call(call("", good)).object("status");
    assertThat(refused.bool("authenticated")).isFalse();
    assertThat(refused.string("error")).contains("is invalid for the target audiences");
    assertThatThrownBy(() -> reviews.call(call("", JsonObject.EMPTY)))
        .hasMessage("token is required for TokenReview in authentication");
  }

  private String token(SigningKey key, String spec) {
    return request(key, "sa", spec).object("status").string("token");
  }

  private JsonObject request(SigningKey key, String account, String spec) {
    TokenIssuer issuer =
        new TokenIssuer(
            registry.stored(), key, new TokenIssuer.Options(ISSUER, API, 86_400, true), time::get);
    return issuer.call(call(account, JsonObject.of("spec", Json.parse(spec.replace('\'', '"')))));
  }

  private Action.Call call(String name, JsonObject body) {
    RequestInfo info =
        new RequestInfo(true, "", "create", "", "v1", "n", "serviceaccounts", "token", name, "");
    UserInfo user = UserInfo.of("jane");
    RequestContext context =
        new RequestContext(info, user, user, Map.of(), "", "", START, warnings);
    return new Action.Call(
        context, registry.catalog().get("", "serviceaccounts"), "create", "n", name, body, false);
  }

  private void put(String resource, String json) {
    registry.put("", resource, json.replace('\'', '"'));
  }

  private void refused(String token, String why) {
    assertThatThrownBy(() -> tokens.authenticate(token, API))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(why);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
