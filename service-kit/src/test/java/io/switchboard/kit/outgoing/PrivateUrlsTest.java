package io.switchboard.kit.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of private addresses, with a listener on the port of the URL, so that only the address keeps them out. */
class PrivateUrlsTest {
    private static final AllowedHosts NONE = new AllowedHosts(Optional.empty());

    private final Vertx vertx = Vertx.vertx();
    private final OutgoingHttp http = new OutgoingHttp(vertx, new PublicNames(this::answer, Duration.ofSeconds(5)));
    private volatile String answered;
    private volatile String afterLookUp; // null where it stays the same
    private ServerSocketChannel listener;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("0.0.0.0", 0));
        listener.configureBlocking(false);
        port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @AfterEach
    void close() throws Exception {
        assertNull(listener.accept(), "there was a connection");
        listener.close();
        vertx.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.1.",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0x7f000001",
                "0x7f.1",
                "0x7f.0x0.0x0.0x1",
                "0X7F.0.0.1",
                "127.0.0.01",
                "127.000.000.001",
                "127.0.0.0x1",
                "127.0.0.1.1",
                "256.256.256.256",
                "0",
                "0.0.0.0",
                "127.127.127.127",
                "10.0.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]",
                "[fe80::1%25lo]",
                "[fe80::1%lo]",
                "[::1%1]",
                "[fd00:ec2::254]",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "a.localhost",
                "localhost.localdomain",
                "printer.local",
                "metadata.google.internal",
                "router.lan",
                "nas.home.arpa",
                "intranet",
                "%31%32%37.0.0.1",
                "127。0。0。1",
                "１２７.0.0.1",
                "①②⑦.⓪.⓪.①",
                "loc\u00adalhost",
                "127.0.0.1%00.example.com",
                "127.0.0.1\t",
                "127.0.0.1#.example.com",
                "public.example@127.0.0.1",
                "127.0.0.1\\.example.com"
            })
    void no_form_of_a_private_host_is_stored(String host) {
        assertThrows(UrlRefused.class, () -> url(host), host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::127.0.0.1",
                "2002:7f00:1::",
                "2001::1",
                "8.8.8.8,127.0.0.1",
                "2606:4700::1111,::1",
                "1.1.1.1,8.8.8.8,10.1.2.3"
            })
    void no_name_that_leads_to_one_is_connected_to(String addresses) {
        answered = addresses;
        var url = url("receiver.example");
        var request =
                new OutgoingRequest(HttpMethod.POST, url, Map.of(), Buffer.buffer("{}"), Duration.ofSeconds(5), 1_000);
        var refusal = assertThrows(
                UrlRefused.class, () -> http.send("acme", request).await().atMost(Duration.ofSeconds(10)));
        assertEquals("Its name leads to an address that is not public.", refusal.getMessage());
    }

    /** The first time it leads to an address that nobody has, so that the request fails. */
    @Test
    void a_name_that_leads_there_the_second_time_is_not_connected_to() {
        var request = new OutgoingRequest(
                HttpMethod.POST, url("receiver.example"), Map.of(), Buffer.buffer("{}"), Duration.ofMillis(500), 1_000);
        answered = "2000::1";
        afterLookUp = "127.0.0.1";
        assertThrows(
                OutgoingFailure.class, () -> http.send("acme", request).await().atMost(Duration.ofSeconds(10)));
        assertEquals("127.0.0.1", answered, "the name was looked up");
        assertThrows(UrlRefused.class, () -> http.send("acme", request).await().atMost(Duration.ofSeconds(10)));
    }

    private OutgoingUrl url(String host) {
        return OutgoingUrl.of("http://" + host + ":" + port + "/in", NONE, Set.of(port));
    }

    private InetAddress[] answer(String host) {
        var addresses =
                Arrays.stream(answered.split(",")).map(PrivateUrlsTest::literal).toArray(InetAddress[]::new);
        answered = afterLookUp == null ? answered : afterLookUp;
        return addresses;
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
