// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.separator.DefaultRecordSeparatorPolicy;
import org.springframework.batch.infrastructure.item.file.transform.FieldSet;
import org.springframework.batch.infrastructure.item.validator.BeanValidatingItemProcessor;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Spring Batch with bean validation, as fast as its documented parts allow: mapping and statement set by hand rather than by
 * reflection, no repository of jobs in a database, a thousand rows to a chunk, inserts of many rows. Nothing is undoable.
 */
final class SpringLoad implements Contestant {

    @Override
    public void run(Job job, Meter meter) throws Exception {
        meter.measure("load", () -> load(job));
        try (PersonTable table = new PersonTable(job.url())) {
            table.fingerprint().mustBe(job.expected(), "the table after the load");
        }
    }

    private static boolean load(Job job) throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(BatchLoad.url(job));
        pool.setMaximumPoolSize(2);
        try (HikariDataSource database = new HikariDataSource(pool)) {
            return load(database, Path.of(job.file()));
        }
    }

    private static boolean load(DataSource database, Path file) throws Exception {
        JobRepository repository = new ResourcelessJobRepository();
        BeanValidatingItemProcessor<Person> validator = new BeanValidatingItemProcessor<>();
        validator.afterPropertiesSet();
        Step step = new StepBuilder("load", repository)
                .<Person, Person>chunk(BatchLoad.ROWS)
                .transactionManager(new JdbcTransactionManager(database))
                .reader(reader(file))
                .processor(validator)
                .writer(writer(database))
                .build();
        var batch = new JobBuilder("people", repository).start(step).build();
        TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
        operator.setJobRepository(repository);
        operator.setJobRegistry(new MapJobRegistry());
        operator.afterPropertiesSet();
        JobExecution execution = operator.start(batch, new JobParameters());
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException(execution + " " + execution.getAllFailureExceptions());
        }
        return true;
    }

    private static FlatFileItemReader<Person> reader(Path file) {
        return new FlatFileItemReaderBuilder<Person>()
                .name("people")
                .resource(new FileSystemResource(file))
                .encoding("UTF-8")
                .linesToSkip(1)
                .recordSeparatorPolicy(new DefaultRecordSeparatorPolicy())
                .delimited()
                .names(PersonTable.COLUMNS.split(", "))
                .fieldSetMapper(SpringLoad::person)
                .build();
    }

    private static Person person(FieldSet fields) {
        return new Person(
                fields.readLong(0),
                fields.readRawString(1),
                fields.readRawString(2),
                fields.readRawString(3),
                LocalDate.parse(fields.readRawString(4)),
                fields.readBigDecimal(5),
                fields.readRawString(6),
                fields.readRawString(7),
                fields.readRawString(8),
                fields.readLong(9),
                OffsetDateTime.parse(fields.readRawString(10)),
                fields.readRawString(11));
    }

    private static JdbcBatchItemWriter<Person> writer(DataSource database) {
        JdbcBatchItemWriter<Person> writer = new JdbcBatchItemWriterBuilder<Person>()
                .dataSource(database)
                .sql(BatchLoad.INSERT)
                .itemPreparedStatementSetter(SpringLoad::set)
                .assertUpdates(false) // inserts of many rows do not count single ones
                .build();
        writer.afterPropertiesSet();
        return writer;
    }

    private static void set(Person person, PreparedStatement statement) throws SQLException {
        statement.setLong(1, person.id());
        statement.setString(2, person.email());
        statement.setString(3, person.firstName());
        statement.setString(4, person.lastName());
        statement.setObject(5, person.born());
        statement.setBigDecimal(6, person.balance());
        statement.setString(7, person.status());
        statement.setString(8, person.phone());
        statement.setString(9, person.country());
        statement.setLong(10, person.visits());
        statement.setObject(11, person.joined());
        statement.setString(12, person.remark());
    }
}
