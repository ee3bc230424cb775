package io.tiphys.apiserver.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client finish the TLS handshake, whatever certificate it presents: whom it is trusted
 * to be is the authenticator's decision, which can answer 401 with a reason.
 */
final class AnyClient extends X509ExtendedTrustManager {
  private final X509Certificate[] hints;

  AnyClient(X509Certificate[] hints) {
    this.hints = hints;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return hints.clone();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("for clients only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("for clients only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("for clients only");
  }
}
