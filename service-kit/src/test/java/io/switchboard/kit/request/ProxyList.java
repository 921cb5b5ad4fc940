package io.switchboard.kit.request;

import java.util.List;
import java.util.Optional;

/** Client addresses where proxies are listed, or none is. */
public final class ProxyList {
    private ProxyList() {}

    public static ClientAddress none() {
        return new ClientAddress(Optional.empty());
    }

    public static ClientAddress of(String... proxies) {
        return new ClientAddress(Optional.of(List.of(proxies)));
    }
}
