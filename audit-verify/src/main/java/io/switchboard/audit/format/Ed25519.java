package io.switchboard.audit.format;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Ed25519 of RFC 8032 by the JDK: keys as PEM and as 32 bytes, signing and verifying. */
public final class Ed25519 {
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** Reads PKCS#8 PEM. Throws IllegalArgumentException, which never shows the key. */
    public static PrivateKey privateKey(String pem) {
        try {
            var key =
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der(pem, "PRIVATE KEY")));
            publicKey(key);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This is no Ed25519 private key in PKCS#8.", e);
        }
    }

    /** The 32 bytes of the public key that belongs to it. */
    public static byte[] publicKey(PrivateKey key) {
        if (!(key instanceof EdECPrivateKey edKey)
                || !"Ed25519".equals(edKey.getParams().getName())) {
            throw new IllegalArgumentException("This is no Ed25519 private key.");
        }
        try {
            var seed = edKey.getBytes().orElseThrow();
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            return bytes(generator.generateKeyPair().getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This is no Ed25519 private key.", e);
        }
    }

    /** The 32 bytes of a public key in X.509 PEM. */
    public static byte[] publicKey(String pem) {
        return bytes(der(pem, "PUBLIC KEY"));
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing with Ed25519 failed.", e);
        }
    }

    /** False also for bytes that are no key or no signature. */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signed) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key(publicKey));
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey key(byte[] publicKey) throws GeneralSecurityException {
        var der = new ByteArrayOutputStream();
        der.writeBytes(SPKI);
        der.writeBytes(publicKey);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der.toByteArray()));
    }

    private static byte[] bytes(byte[] spki) {
        if (spki.length != SPKI.length + 32 || !Arrays.equals(spki, 0, SPKI.length, SPKI, 0, SPKI.length)) {
            throw new IllegalArgumentException("This is no Ed25519 public key.");
        }
        return Arrays.copyOfRange(spki, SPKI.length, spki.length);
    }

    private static byte[] der(String pem, String label) {
        var begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("This is no PEM file with a " + label + ".");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The " + label + " of a PEM file is not base64.");
        }
    }

    /** The JDK makes a public key only together with a random private one: this is that randomness. */
    private static final class Fixed extends SecureRandom {
        private final transient byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Another length of seed is wanted: " + bytes.length);
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
