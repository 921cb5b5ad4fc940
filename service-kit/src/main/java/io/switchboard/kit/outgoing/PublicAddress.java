package io.switchboard.kit.outgoing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from those of networks that a service may be in: the special-purpose registries of
 * IANA, and metadata services of clouds. An IPv6 address that holds an IPv4 address is as public as that.
 */
final class PublicAddress {
    private static final List<Network> NOT_PUBLIC_V4 = List.of(
            Network.of("0.0.0.0", 8), // this network, unspecified
            Network.of("10.0.0.0", 8), // private
            Network.of("100.64.0.0", 10), // carriers' NAT, metadata
            Network.of("127.0.0.0", 8), // loopback
            Network.of("168.63.129.16", 32), // metadata
            Network.of("169.254.0.0", 16), // link-local, metadata
            Network.of("172.16.0.0", 12), // private
            Network.of("192.0.0.0", 24), // protocol assignments, metadata
            Network.of("192.0.2.0", 24), // documentation
            Network.of("192.88.99.0", 24), // relays of 6to4
            Network.of("192.168.0.0", 16), // private
            Network.of("198.18.0.0", 15), // benchmarks
            Network.of("198.51.100.0", 24), // documentation
            Network.of("203.0.113.0", 24), // documentation
            Network.of("224.0.0.0", 4), // multicast
            Network.of("240.0.0.0", 4)); // reserved, broadcast

    /** Whatever is outside is loopback, unique-local, link-local, site-local, multicast, mapped, or not assigned. */
    private static final Network GLOBAL_V6 = Network.of("2000::", 3);

    private static final List<Network> NOT_PUBLIC_V6 = List.of(
            Network.of("2001::", 23), // protocol assignments: Teredo, ORCHID, benchmarks
            Network.of("2001:db8::", 32), // documentation
            Network.of("3fff::", 20)); // documentation

    private static final Network NAT64 = Network.of("64:ff9b::", 96);
    private static final Network SIX_TO_FOUR = Network.of("2002::", 16);

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        var bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublicV4(bytes);
        }
        return address instanceof Inet6Address v6 && v6.getScopeId() == 0 && isPublicV6(bytes);
    }

    private static boolean isPublicV4(byte[] address) {
        return NOT_PUBLIC_V4.stream().noneMatch(network -> network.has(address));
    }

    private static boolean isPublicV6(byte[] address) {
        if (NAT64.has(address)) {
            return holdsPublicV4(address, 12);
        }
        return GLOBAL_V6.has(address)
                && NOT_PUBLIC_V6.stream().noneMatch(network -> network.has(address))
                && (!SIX_TO_FOUR.has(address) || holdsPublicV4(address, 2))
                && (!isIsatap(address) || holdsPublicV4(address, 12));
    }

    private static boolean holdsPublicV4(byte[] address, int at) {
        return isPublicV4(Arrays.copyOfRange(address, at, at + 4));
    }

    /** RFC 5214: the interface is 0:5efe or 200:5efe, then the IPv4 address. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & ~2) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe;
    }
}
