// SPDX-License-Identifier: Apache-2.0
package io.gantry.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Parameter;
import io.gantry.run.RunRequest;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.schema.FieldType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The validator is the judge: what it objects to must never be taken for kept. */
class QuickRulesTest {

    private record Part(@NotBlank @Nullable String name) {}

    private record Whole(
            @NotNull @Size(min = 2, max = 3) @Nullable String text,
            @Pattern(regexp = "[a-c]+") @Nullable String pattern,
            @NotEmpty @Nullable List<@NotBlank @Nullable String> texts,
            @Size(max = 2) List<@Valid @Nullable Part> parts,
            @Valid @Nullable Part part,
            @Min(2) @Max(5) int number,
            @Positive long positive,
            @PositiveOrZero int count,
            @DecimalMin("0") @DecimalMax("1.5") double share) {}

    private static boolean violates(Object bean) {
        return !BeanRules.validator().validate(bean).isEmpty();
    }

    @Test
    void what_is_surely_kept_is_what_the_validator_accepts() {
        Random random = new Random(3);
        int kept = 0;
        int broken = 0;
        for (int i = 0; i < 20_000; i++) {
            Whole whole = random(random);
            boolean surely = QuickRules.surelyKept(whole);
            boolean violates = violates(whole);
            assertThat(surely && violates).as(whole.toString()).isFalse();
            kept += surely ? 1 : 0;
            broken += violates ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(500);
        assertThat(broken).isGreaterThan(500);
        assertThat(kept + broken).as("all but some of odd blanks").isGreaterThan(19_000);
    }

    private static Whole random(Random random) {
        return new Whole(
                one(random, "ab", "abc", "ab", "a", "abcd", null),
                one(random, "abc", "a", null, "", "abd"),
                one(
                        random,
                        List.of("x"),
                        List.of("x", "y"),
                        List.of("x", " "),
                        List.of(),
                        null,
                        Arrays.asList("x", null)),
                one(random, List.of(), List.of(new Part("x")), List.of(new Part("")), Arrays.asList((Part) null)),
                one(
                        random,
                        new Part("x"),
                        null,
                        new Part(null),
                        new Part("\u00a0"),
                        new Part("\u2003"),
                        new Part("\u0001")),
                one(random, 2, 3, 5, 3, 3, 1, 6),
                one(random, 1L, 1L, 9L, 0L),
                one(random, 0, 1, 1, -1),
                one(random, 0.0, 1.5, 0.1, 1.6, -0.1, Double.NaN, Double.POSITIVE_INFINITY));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <T extends @Nullable Object> T one(Random random, T... values) {
        // mostly the first: else hardly any would be kept
        return random.nextInt(3) > 0 ? values[0] : values[random.nextInt(values.length)];
    }

    @Test
    void the_commands_of_every_day_are_surely_kept() {
        ImportMapping mapping = ImportMapping.of(builder ->
                builder.column("E-mail").alias("Mail").to("email").email().upsert("email"));
        assertThat(List.of(
                        mapping,
                        NewPipeline.importing("people", "person", FileFormat.csv(), mapping),
                        NewPipeline.exporting("list", "person", FileFormat.csv(), ExportMapping.of("email")),
                        RunRequest.of("people"),
                        Reason.of("WRONG_FILE"),
                        Parameter.required("day", FieldType.DATE),
                        TenantSettings.DEFAULT))
                .allMatch(QuickRules::surelyKept);
    }

    @Test
    void what_is_broken_within_is_found() {
        ImportMapping mapping = ImportMapping.of(builder -> builder.column("x").errors(new ErrorPolicy(0, 101)));
        for (Object broken : List.of(
                mapping,
                NewPipeline.importing("people", "person", FileFormat.csv(), mapping),
                NewPipeline.importing("People!", "person", FileFormat.csv(), builder -> builder.column("x")),
                RunRequest.of(" "),
                Reason.of("wrong"))) {
            assertThat(QuickRules.surelyKept(broken)).as(broken.toString()).isFalse();
            assertThat(violates(broken)).as(broken.toString()).isTrue();
        }
    }

    interface Ruled {
        @AssertTrue
        default boolean isRight() {
            return false;
        }
    }

    private record UnknownRule(@Email String email) {}

    private record ElsewhereRule(String text) implements Ruled {}

    private record MapRule(Map<String, @NotBlank String> map) {}

    private record DeepRule(List<List<@NotBlank String>> lists) {}

    private record OtherGroup(
            @NotNull(groups = Ruled.class) @Nullable String text) {}

    @Test
    void it_is_not_sure_of_what_it_does_not_know() {
        for (Object bean : new ArrayList<>(List.of(
                new UnknownRule("no address"),
                new ElsewhereRule("x"),
                new MapRule(Map.of("a", " ")),
                new DeepRule(List.of(List.of(" "))),
                new OtherGroup("x"),
                "no record"))) {
            assertThat(QuickRules.surelyKept(bean)).as(bean.toString()).isFalse();
        }
    }
}
