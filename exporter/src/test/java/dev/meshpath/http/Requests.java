package dev.meshpath.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/** Requests as no well-behaved client makes them. */
final class Requests {
  private Requests() {}

  /** Not of the loopback: who comes by it is no loopback peer. */
  static String ownAddress() throws IOException {
    String address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(own -> own instanceof Inet4Address && !own.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst()
            .orElse("");
    if (address.isEmpty()) {
      System.out.println("skipped: this machine has no address but loopback");
      Assumptions.abort("no address but loopback");
    }
    return address;
  }

  /** The whole answer, head and body. */
  static String get(HttpServer server, String address, String path, String headers)
      throws IOException {
    try (Socket socket = new Socket(address, server.port())) {
      String request = "GET " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (InputStream answer = socket.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
