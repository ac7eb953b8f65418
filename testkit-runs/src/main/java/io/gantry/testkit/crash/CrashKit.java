// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.run.CrashPoint;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tries crashes on a provider's dataset. Each has a dataset and an engine of its own: the deed is begun, the engine ends at the
 * point, a second one, to whose clock the lease of the first is over, finds what is left, and then it is checked that
 *
 * <ul>
 *   <li>the dataset holds what the model says, be the deed begun once more under the same idempotency key or not;
 *   <li>the run has ended once, its counts and report are those of the model, and its rejects are there;
 *   <li>no work is left, no staging is left, and the audit chain is whole;
 *   <li>the run can be taken back, and then the dataset is as it was.
 * </ul>
 *
 * <pre>{@code
 * CrashKit.on(new MySite(), folder).dieEverywhere();
 * }</pre>
 */
public final class CrashKit {

    /** The shape of the dataset. */
    public static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.STRING).length(40).required(),
                    Field.of("count", FieldType.INTEGER).required(),
                    Field.of("note", FieldType.STRING).length(60))
            .key("id");

    private final CrashSite site;
    private final Path folder;

    private CrashKit(CrashSite site, Path folder) {
        this.site = site;
        this.folder = folder;
    }

    /**
     * Makes a kit.
     *
     * @param site where to try
     * @param folder for files of the engines
     * @return the kit
     */
    public static CrashKit on(CrashSite site, Path folder) {
        return new CrashKit(site, folder);
    }

    /**
     * Every crash.
     *
     * @return each deed with each of its points
     */
    public static List<Crash> all() {
        return Arrays.stream(Deed.values())
                .flatMap(deed -> deed.points().stream().map(point -> new Crash(deed, point)))
                .toList();
    }

    /**
     * Some crashes, for a build that is run often: each point, each deed, and all that is to be tried between preparing a load
     * and its end.
     *
     * @return part of {@link #all}
     */
    public static List<Crash> most() {
        List<Crash> some = new ArrayList<>(each());
        for (Crash crash : all()) {
            boolean close = crash.point() == CrashPoint.PREPARED || crash.point() == CrashPoint.APPLIED;
            if (close && !some.contains(crash)) {
                some.add(crash);
            }
        }
        return some;
    }

    /**
     * Few crashes, for what takes long.
     *
     * @return each point once, with deeds that take turns
     */
    public static List<Crash> each() {
        List<Crash> each = new ArrayList<>();
        for (CrashPoint point : CrashPoint.values()) {
            List<Deed> deeds = Arrays.stream(Deed.values())
                    .filter(deed -> deed.points().contains(point))
                    .toList();
            Deed deed = deeds.get(each.size() % deeds.size());
            each.add(new Crash(deed, point));
        }
        return each;
    }

    /**
     * The crashes that can also be {@linkplain #close closings}: those in the midst of a run.
     *
     * @return part of {@link #each}
     */
    public static List<Crash> closings() {
        return each().stream()
                .filter(crash -> crash.point() != CrashPoint.SUBMITTED && crash.deed() != Deed.ROLLBACK)
                .toList();
    }

    /**
     * Has an engine closed in the midst of a run, for which it does not wait, and the next one go on at once, without any lease
     * being over.
     *
     * @param crash one of {@link #closings}
     * @throws Exception when it cannot be tried
     */
    public void close(Crash crash) throws Exception {
        new Scene(site, crash, folder).close();
    }

    /**
     * Has an engine in this process die: its thread ends with an error, and from then on nothing that it writes arrives.
     *
     * @param crash what to try
     * @throws Exception when it cannot be tried
     */
    public void die(Crash crash) throws Exception {
        new Scene(site, crash, folder).die();
    }

    /**
     * {@linkplain #die Dies} everywhere.
     *
     * @throws Exception when it cannot be tried
     */
    public void dieEverywhere() throws Exception {
        for (Crash crash : all()) {
            die(crash);
        }
    }

    /**
     * Has a process of its own die, by halting it. The site's class must be one that another process can make.
     *
     * @param crash what to try
     * @throws Exception when it cannot be tried
     */
    public void kill(Crash crash) throws Exception {
        new Scene(site, crash, folder).kill();
    }

    /**
     * Freezes a process of its own, lets it wake up when another engine has taken its work over, and checks that it changes
     * nothing any more. For stores that two processes may use at the same time, on systems that have signals.
     *
     * @param crash what to try
     * @throws Exception when it cannot be tried
     */
    public void freeze(Crash crash) throws Exception {
        new Scene(site, crash, folder).freeze();
    }
}
