"""Writes all files here but Spark's, with their companions. See README.md."""
import write_duckdb_files
import write_polars_files
import write_pyarrow_files
import write_text_files

for writer in [write_pyarrow_files, write_duckdb_files, write_polars_files, write_text_files]:
    writer.write()
