package io.tiphys.server;

import io.tiphys.apiserver.authentication.AnonymousAccess;
import io.tiphys.apiserver.authentication.Authenticator;
import io.tiphys.apiserver.authentication.AuthenticatorChain;
import io.tiphys.apiserver.authentication.BearerTokens;
import io.tiphys.apiserver.authentication.BootstrapTokens;
import io.tiphys.apiserver.authentication.ServiceAccountTokens;
import io.tiphys.apiserver.authentication.TokenAuthenticator;
import io.tiphys.apiserver.authentication.TokenFile;
import io.tiphys.apiserver.authorization.AuthorizationModes;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.authorization.NodeAuthorizer;
import io.tiphys.apiserver.authorization.RbacAuthorizer;
import io.tiphys.apiserver.bootstrap.RbacDefaults;
import io.tiphys.apiserver.registry.StoredObjects;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may come in, and who may do what. */
record Identity(
    BearerTokens tokens, Authenticator authenticator, RbacAuthorizer rbac, Authorizer authorizer) {

  static Identity of(
      ServerOptions options,
      Credentials credentials,
      StoredObjects objects,
      ClientAuthorities clients,
      RbacDefaults defaults,
      InstantSource clock) {
    List<String> audiences =
        options.audiences().isEmpty() ? options.issuers() : options.audiences();
    List<TokenAuthenticator> kinds = new ArrayList<>();
    if (options.tokenAuthFile() != null) {
      try {
        kinds.add(
            TokenAuthenticator.forAudiences(audiences, TokenFile.read(options.tokenAuthFile())));
      } catch (IOException e) {
        throw new ServerException("cannot read --token-auth-file: " + e.getMessage(), e);
      }
    }
    if (options.bootstrapTokens()) {
      kinds.add(TokenAuthenticator.forAudiences(audiences, new BootstrapTokens(objects, clock)));
    }
    kinds.add(
        new ServiceAccountTokens(
            objects, options.issuers(), credentials.verificationKeys(), audiences, clock));
    BearerTokens tokens = new BearerTokens(kinds, audiences);
    AnonymousAccess anonymous =
        options.anonymousAuth() ? AnonymousAccess.EVERYWHERE : AnonymousAccess.HEALTH;
    RbacAuthorizer rbac = new RbacAuthorizer(objects);
    Authorizer authorizer =
        AuthorizationModes.parse(
            String.join(",", options.authorizationModes()),
            Map.of(
                "RBAC",
                rbac,
                "Node",
                new NodeAuthorizer(objects, defaults.rulesOf("system:node"))));
    return new Identity(
        tokens,
        new AuthenticatorChain(List.of(clients.certificates(), tokens), anonymous),
        rbac,
        authorizer);
  }
}
