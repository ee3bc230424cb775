package io.tiphys.apiserver.http.client;

import io.tiphys.apiserver.http.OwnCertificate;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS as a client. */
public final class ClientTls {
  private ClientTls() {}

  /**
   * Makes a context.
   *
   * @param key the key of the certificate to present; null to present none
   * @param chain the certificate to present, and those that lead from it to its authority
   * @param authorities who may have signed a server's certificate; empty to trust any server
   */
  public static SSLContext of(
      @Nullable PrivateKey key, X509Certificate[] chain, X509Certificate[] authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] own = key == null ? null : new KeyManager[] {new OwnCertificate(key, chain)};
      context.init(own, new TrustManager[] {trust(authorities)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot use this certificate or authority", e);
    }
  }

  /** Presents no certificate and trusts any server: for proxied pods and services, as upstream. */
  public static SSLContext insecure() {
    return of(null, new X509Certificate[0], new X509Certificate[0]);
  }

  private static TrustManager trust(X509Certificate[] authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.length == 0) {
      return new AnyServer();
    }
    KeyStore store = newStore();
    for (int i = 0; i < authorities.length; i++) {
      store.setCertificateEntry("authority-" + i, authorities[i]);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers()[0];
  }

  private static KeyStore newStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Asks no server for proof. */
  private static final class AnyServer extends X509ExtendedTrustManager {
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
  }
}
