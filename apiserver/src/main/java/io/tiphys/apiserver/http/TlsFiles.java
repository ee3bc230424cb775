package io.tiphys.apiserver.http;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate, its key and the authorities of its clients, as PEM files that may be
 * replaced while the server runs: {@link #reload} takes up what has changed. New connections use
 * the new files; those that are open go on.
 */
public final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private final Path certificate;
  private final Path key;
  private final @Nullable Path clientAuthorities;
  private Contents contents;
  private volatile SslContext current;

  /** What the files hold. */
  private record Contents(byte[] certificate, byte[] key, byte[] clientAuthorities) {
    boolean same(Contents other) {
      return Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key)
          && Arrays.equals(clientAuthorities, other.clientAuthorities);
    }
  }

  /**
   * Reads the files.
   *
   * @param clientAuthorities the authorities that the handshake names to clients as a hint which
   *     certificate to present; null to name none. Nothing is verified by them here.
   * @throws HttpServerException if they cannot be read or used
   */
  public TlsFiles(Path certificate, Path key, @Nullable Path clientAuthorities) {
    this.certificate = certificate;
    this.key = key;
    this.clientAuthorities = clientAuthorities;
    try {
      contents = read();
      current = build(contents);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new HttpServerException(problem(e), e);
    }
  }

  /** What new connections use. */
  SslContext current() {
    return current;
  }

  /**
   * Takes up the files if they have changed. Files that cannot be used are reported in the log, and
   * the former ones stay in use.
   *
   * @return whether new ones are in use
   */
  public synchronized boolean reload() {
    try {
      Contents now = read();
      if (now.same(contents)) {
        return false;
      }
      SslContext next = build(now);
      contents = now;
      current = next;
      LOG.info("{}: certificate reloaded", certificate);
      return true;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      LOG.error("{}; the former certificate stays in use", problem(e), e);
      return false;
    }
  }

  private String problem(Exception cause) {
    return "cannot use certificate " + certificate + " with key " + key + ": " + cause.getMessage();
  }

  private Contents read() throws IOException {
    return new Contents(
        Files.readAllBytes(certificate),
        Files.readAllBytes(key),
        clientAuthorities == null ? new byte[0] : Files.readAllBytes(clientAuthorities));
  }

  private static SslContext build(Contents contents) throws GeneralSecurityException, IOException {
    X509Certificate[] chain = Pem.certificates(contents.certificate);
    if (chain.length == 0) {
      throw new CertificateException("the certificate's file holds none");
    }
    PrivateKey key = Pem.privateKey(contents.key);
    checkPair(chain[0], key);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(
        new KeyManager[] {new OwnCertificate(key, chain)},
        new TrustManager[] {new AnyClient(Pem.certificates(contents.clientAuthorities))},
        null);
    return new JdkSslContext(
        tls,
        false,
        Http2SecurityUtil.CIPHERS,
        SupportedCipherSuiteFilter.INSTANCE,
        new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1),
        ClientAuth.OPTIONAL,
        new String[] {"TLSv1.3", "TLSv1.2"},
        false);
  }

  /** A key that is not the certificate's would break every handshake. */
  private static void checkPair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    byte[] probe = {1, 2, 3};
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC", "ECDSA" -> "SHA256withECDSA"; // providers differ in the name
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    signature.update(probe);
    if (!signature.verify(signed)) {
      throw new InvalidKeyException("the key is not the certificate's");
    }
  }
}
