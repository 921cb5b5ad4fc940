package io.switchboard.kit.request;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The address that a request comes from: the socket's, or a forwarded one where the socket is a listed proxy's. */
@ApplicationScoped
public class ClientAddress {
    private final List<IpSubnetFilterRule> proxies;

    ClientAddress(@ConfigProperty(name = "switchboard.trusted-proxies") Optional<List<String>> proxies) {
        this.proxies =
                proxies.orElse(List.of()).stream().map(ClientAddress::rule).toList();
    }

    /** An IPv4 or IPv6 literal. */
    public String of(RoutingContext context) {
        var address = context.request().remoteAddress().hostAddress();
        var forwarded = GivenHeader.of(context.request(), "X-Forwarded-For");
        if (forwarded == null || !trusted(address)) {
            return address;
        }
        // From the right: each listed proxy vouches for the hop before it. What a caller wrote itself is not trusted.
        var hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            var hop = hops[i].trim();
            if (!NetUtil.isValidIpV4Address(hop) && !NetUtil.isValidIpV6Address(hop)) {
                return address;
            }
            address = hop;
            if (!trusted(hop)) {
                return address;
            }
        }
        return address;
    }

    /** Whether the request comes by a listed proxy. */
    public boolean isForwarded(RoutingContext context) {
        return !proxies.isEmpty() && trusted(context.request().remoteAddress().hostAddress());
    }

    /** Whether it is a listed proxy's. */
    public boolean isProxy(String address) {
        return !proxies.isEmpty() && trusted(address);
    }

    /** The network that one client may use: an IPv6 client has all of its /64. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length < 16 ? address : HexFormat.of().formatHex(bytes, 0, 8) + "::/64";
    }

    private boolean trusted(String address) {
        return proxies.stream()
                .anyMatch(rule ->
                        rule.matches(new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 0)));
    }

    private static IpSubnetFilterRule rule(String listed) {
        var parts = listed.trim().split("/");
        var bits = parts.length > 1 ? Integer.parseInt(parts[1]) : parts[0].contains(":") ? 128 : 32;
        return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
    }
}
