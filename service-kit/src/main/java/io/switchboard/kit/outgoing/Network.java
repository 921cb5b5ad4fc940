package io.switchboard.kit.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses. @param length of the prefix, in bits */
record Network(byte[] prefix, int length) {

    /** @param prefix an address, not a name */
    static Network of(String prefix, int length) {
        try {
            return new Network(InetAddress.getByName(prefix).getAddress(), length);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(prefix, e);
        }
    }

    boolean has(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit += 8) {
            int mask = length - bit >= 8 ? 0xff : 0xff << (8 - (length - bit)) & 0xff;
            if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
