package io.switchboard.voice.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Ways to spoil a delivery before it is signed. */
public enum Mutation {
    BITS {
        @Override
        public byte[] of(byte[] body, Random random) {
            byte[] spoilt = body.clone();
            for (int i = 1 + random.nextInt(16); i > 0; i--) {
                spoilt[random.nextInt(spoilt.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return spoilt;
        }
    },
    CUT {
        @Override
        public byte[] of(byte[] body, Random random) {
            return Arrays.copyOf(body, random.nextInt(body.length));
        }
    },
    GAP {
        @Override
        public byte[] of(byte[] body, Random random) {
            int from = random.nextInt(body.length);
            return replaced(body, from, from + random.nextInt(body.length - from), "");
        }
    },
    REPEAT {
        @Override
        public byte[] of(byte[] body, Random random) {
            int from = random.nextInt(body.length);
            String part = latin(Arrays.copyOfRange(body, from, from + random.nextInt(body.length - from)));
            return replaced(body, from, from, part.repeat(1 + random.nextInt(3)));
        }
    },
    DEPTH {
        @Override
        public byte[] of(byte[] body, Random random) {
            String opening = one(List.of("[", "{\"a\":", "{\"message\":", "[{},", "a[b]="), random);
            return inserted(body, opening.repeat(one(List.of(60, 1_200, 6_000), random)), random);
        }
    },
    NUL {
        @Override
        public byte[] of(byte[] body, Random random) {
            return inserted(body, one(List.of("\0", "\\u0000", "%00", "\\ud800", "\\udc00\\ud800"), random), random);
        }
    },
    BAD_UTF_8 {
        @Override
        public byte[] of(byte[] body, Random random) {
            var bytes = List.of(
                    "\u00ff", "\u00c3\u0028", "\u00ed\u00a0\u0080", "\u00f8\u0088\u0080", "\u00c0\u00af", "%ff%c3");
            return inserted(body, one(bytes, random), random);
        }
    },
    NUMBER {
        @Override
        public byte[] of(byte[] body, Random random) {
            int from = random.nextInt(body.length);
            while (from < body.length && !Character.isDigit(body[from])) {
                from++;
            }
            int to = from;
            while (to < body.length && Character.isDigit(body[to])) {
                to++;
            }
            var absurd = List.of("1e-30000000", "1e30000000", "9".repeat(5_000), "-1", "NaN", "253402300800000", "");
            return replaced(body, from, to, one(absurd, random));
        }
    },
    LONG_TEXT {
        @Override
        public byte[] of(byte[] body, Random random) {
            return inserted(
                    body,
                    one(List.of("x", "\\u0001", "%F0%9F%98%80", " "), random).repeat(5_000),
                    random);
        }
    };

    /** In how many ways the ids of a sample can be told from each other. */
    public static final int OTHER_IDS = 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,}");

    public abstract byte[] of(byte[] body, Random random);

    /** The sample of another call: each digit in its ids is another one. @param way 0 leaves them as they are */
    public static byte[] otherIds(byte[] body, int way) {
        return ID.matcher(latin(body))
                .replaceAll(id -> id.group()
                        .chars()
                        .map(digit -> digit < '0' || digit > '9' ? digit : '0' + (digit - '0' + way) % OTHER_IDS)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Of just the length that is taken, or of a byte more. */
    public static byte[] largest(byte[] body, int bytes) {
        byte[] padded = Arrays.copyOf(body, bytes);
        Arrays.fill(padded, body.length, bytes, (byte) ' ');
        return padded;
    }

    private static byte[] inserted(byte[] body, String more, Random random) {
        int at = random.nextInt(body.length);
        return replaced(body, at, at, more);
    }

    private static byte[] replaced(byte[] body, int from, int to, String with) {
        var spoilt = new ByteArrayOutputStream();
        spoilt.write(body, 0, from);
        spoilt.writeBytes(with.getBytes(StandardCharsets.ISO_8859_1));
        spoilt.write(body, to, body.length - to);
        return spoilt.toByteArray();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
