import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Runs SQL statements, which U+0000 separates in the file named, in a local Spark. */
final class SparkStatements {
    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.warehouse.dir", args[0] + "-warehouse")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        for (String statement : Files.readString(Path.of(args[0])).split("\0")) {
            try {
                spark.sql(statement);
            } catch (Exception e) {
                System.err.println(statement);
                throw e;
            }
        }
        spark.stop();
    }
}
