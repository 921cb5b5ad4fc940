package io.switchboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProcTest {
    @Test
    void processor_time_includes_that_of_ended_children() {
        String stat = "4242 (java) S 1 4242 4242 0 -1 4194304 28466 9 0 0 1203 417 20 3 20 0 31 0 91735 "
                + "3519918080 52416 18446744073709551615 1 1 0 0 0 0 0 0 16800975 0 0 0 17 1 0 0 0 0 0\n";
        assertEquals(16.43, Proc.cpuSeconds(stat), 1e-9);
    }

    @Test
    void a_name_with_blanks_and_brackets_moves_nothing() {
        String stat = "7 (postgres: a) b (c)) S 1 7 7 0 -1 64 1 0 0 0 150 50 0 0 20 0 1 0 5 1 1 1 1 1\n";
        assertEquals(2.0, Proc.cpuSeconds(stat), 1e-9);
    }

    @Test
    void memory_is_the_line_pss_and_not_its_parts() {
        String rollup = """
                55d0c0a00000-7ffd4b9f2000 ---p 00000000 00:00 0                          [rollup]
                Rss:              215040 kB
                Pss:              204800 kB
                Pss_Dirty:        180000 kB
                Pss_Anon:         170000 kB
                """;
        assertEquals(200.0, Proc.pssMiB(rollup), 1e-9);
    }
}
