//! Decodes a Parquet file, a column at a time. Nothing in it is trusted.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};

use crate::model::Probability;

use super::super::input::LoadError;

/// The largest file of a snapshot, in bytes: 4 GiB.
const LARGEST: u64 = 1 << 32;

/// The most text in one column, in bytes: 1 GiB, as in the files of a case.
const MOST_TEXT: usize = 1 << 30;

/// The encodings that are read: those in which no text is longer than the file has bytes for it.
const ENCODINGS: [Encoding; 4] = [Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY, Encoding::PLAIN_DICTIONARY];

/// How many rows are decoded at once.
const BATCH: usize = 1 << 14;

/// A file of a snapshot, to say what is wrong with it.
#[derive(Clone)]
pub(super) struct Place(Arc<Path>);

impl Place {
    pub(super) fn wrong(&self, problem: impl Into<String>) -> LoadError {
        LoadError::Snapshot { path: self.0.to_path_buf(), problem: problem.into() }
    }

    /// That there is something wrong with a row, counted from 0.
    pub(super) fn wrong_in(&self, column: &str, row: usize, problem: &str) -> LoadError {
        self.wrong(format!("column `{column}`, row {row}: {problem}"))
    }
}

/// A file with a table in it.
pub(super) struct TableReader {
    pub(super) place: Place,
    file: SerializedFileReader<Bounded>,
    size: u64,
}

/// A file of which nothing is asked that it does not have, so that room is made for nothing else.
struct Bounded {
    file: File,
    size: u64,
}

impl Length for Bounded {
    fn len(&self) -> u64 {
        self.size
    }
}

impl ChunkReader for Bounded {
    type T = <File as ChunkReader>::T;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        self.file.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.size) {
            return Err(ParquetError::EOF("it leads past the end of the file".to_owned()));
        }
        self.file.get_bytes(start, length)
    }
}

/// The pages of a column, of which none is in an encoding that is not read.
struct Pages(Box<dyn PageReader>);

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>, ParquetError> {
        let page = self.0.get_next_page()?;
        match page.as_ref().map(Page::encoding).filter(|encoding| !ENCODINGS.contains(encoding)) {
            Some(encoding) => Err(ParquetError::General(format!("a page is encoded as {encoding}, which is not read"))),
            None => Ok(page),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>, ParquetError> {
        self.0.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<(), ParquetError> {
        self.0.skip_next_page()
    }
}

impl Iterator for Pages {
    type Item = Result<Page, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// A column in which few rows have a value: those, with their rows, in order.
pub(super) struct Sparse<V>(std::iter::Peekable<std::vec::IntoIter<(u32, V)>>);

impl<V> Sparse<V> {
    /// The value of a row. Rows are to be asked for in order.
    pub(super) fn take(&mut self, row: u32) -> Option<V> {
        self.0.next_if(|&(at, _)| at == row).map(|(_, value)| value)
    }
}

impl TableReader {
    /// Opens a table that has so many rows.
    pub(super) fn open(folder: &Path, name: &str, rows: u32) -> Result<Self, LoadError> {
        let path = folder.join(name).with_extension("parquet");
        let place = Place(path.as_path().into());
        let file = File::open(&path).map_err(|error| place.wrong(error.to_string()))?;
        let metadata = file.metadata().map_err(|error| place.wrong(error.to_string()))?;
        if !metadata.is_file() {
            return Err(place.wrong("it is not a regular file"));
        }
        let size = metadata.len();
        if size > LARGEST {
            return Err(place.wrong("it has more than 4 GiB"));
        }
        let file = unless_panic(|| SerializedFileReader::new(Bounded { file, size }))
            .ok_or_else(|| place.wrong("its footer is damaged"))?
            .map_err(|error| place.wrong(error.to_string()))?;
        let found = file.metadata().file_metadata().num_rows();
        let add = |sum: u64, rows: i64| sum.checked_add(u64::try_from(rows).ok()?);
        let in_groups = file.metadata().row_groups().iter().try_fold(0, |sum, group| add(sum, group.num_rows()));
        if found != i64::from(rows) || in_groups != Some(rows.into()) {
            return Err(place.wrong(format!("it has {found} rows, and `case.json` says {rows}")));
        }
        // Every table has a column with four bytes for each row, so that a small file stands for no large case.
        if u64::from(rows) > size / 4 {
            return Err(place.wrong(format!("it has {rows} rows in {size} bytes, which is too little")));
        }
        Ok(Self { place, file, size })
    }

    /// Gives every value of a column to `take`, with its row.
    fn each<D: DataType>(
        &self,
        name: &str,
        take: impl FnMut(usize, Option<D::T>) -> Result<(), String>,
    ) -> Result<(), LoadError> {
        unless_panic(|| self.decode::<D>(name, take))
            .unwrap_or_else(|| Err(self.place.wrong(format!("column `{name}`: a page in it is damaged"))))
    }

    fn decode<D: DataType>(
        &self,
        name: &str,
        mut take: impl FnMut(usize, Option<D::T>) -> Result<(), String>,
    ) -> Result<(), LoadError> {
        let schema = self.file.metadata().file_metadata().schema_descr();
        let place = (schema.columns().iter().position(|column| column.path().string() == name))
            .ok_or_else(|| self.place.wrong(format!("there is no column `{name}`")))?;
        let column = schema.column(place);
        let is_flat = column.max_def_level() <= 1 && column.max_rep_level() == 0;
        if column.physical_type() != D::get_physical_type() || !is_flat {
            let (found, wanted) = (column.physical_type(), D::get_physical_type());
            return Err(self
                .place
                .wrong(format!("column `{name}`: it has values of {found}, and not plain ones of {wanted}")));
        }
        let damaged = |error: ParquetError| self.place.wrong(format!("column `{name}`: {error}"));
        let mut row = 0;
        for (group, metadata) in self.file.metadata().row_groups().iter().enumerate() {
            self.check(metadata.column(place))
                .map_err(|problem| self.place.wrong(format!("column `{name}`: {problem}")))?;
            let group = self.file.get_row_group(group).map_err(damaged)?;
            let pages = Pages(group.get_column_page_reader(place).map_err(damaged)?);
            let mut reader = ColumnReaderImpl::<D>::new(column.clone(), Box::new(pages));
            let end = row + usize::try_from(metadata.num_rows()).unwrap_or(0);
            let (mut levels, mut values) = (Vec::new(), Vec::new());
            while row < end {
                levels.clear();
                values.clear();
                let wanted = BATCH.min(end - row);
                let (read, ..) = reader.read_records(wanted, Some(&mut levels), None, &mut values).map_err(damaged)?;
                if read == 0 {
                    return Err(self.place.wrong(format!("column `{name}`: it ends at row {row} of {end}")));
                }
                let mut values = values.drain(..);
                for at in 0..read {
                    let value = if levels.get(at).is_none_or(|&level| level > 0) { values.next() } else { None };
                    take(row + at, value).map_err(|problem| self.place.wrong_in(name, row + at, &problem))?;
                }
                row += read;
            }
        }
        Ok(())
    }

    /// That a part of a column is in the file, and as it can be read.
    fn check(&self, chunk: &ColumnChunkMetaData) -> Result<(), String> {
        if chunk.compression() != Compression::UNCOMPRESSED {
            return Err(format!("it is compressed ({}), which is not read", chunk.compression()));
        }
        let start = u64::try_from(chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset()));
        let end = start
            .ok()
            .zip(u64::try_from(chunk.compressed_size()).ok())
            .and_then(|(start, size)| start.checked_add(size));
        if end.is_none_or(|end| end > self.size) { Err("it is not in the file".to_owned()) } else { Ok(()) }
    }

    /// A column in which every row has a value.
    fn all<D: DataType, V>(
        &self,
        name: &str,
        mut convert: impl FnMut(D::T) -> Result<V, String>,
    ) -> Result<Vec<V>, LoadError> {
        let mut all = Vec::with_capacity(self.rows());
        self.each::<D>(name, |_, value| {
            all.push(convert(value.ok_or("there is no value")?)?);
            Ok(())
        })?;
        Ok(all)
    }

    fn some<D: DataType, V>(
        &self,
        name: &str,
        mut convert: impl FnMut(D::T) -> Result<V, String>,
    ) -> Result<Sparse<V>, LoadError> {
        let mut some = Vec::new();
        self.each::<D>(name, |row, value| {
            if let Some(value) = value {
                some.push((u32::try_from(row).map_err(|_| "there are too many rows")?, convert(value)?));
            }
            Ok(())
        })?;
        Ok(Sparse(some.into_iter().peekable()))
    }

    /// How many rows the table has.
    pub(super) fn rows(&self) -> usize {
        usize::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Texts, one in each row, each made into a value.
    pub(super) fn texts<V>(
        &self,
        name: &str,
        mut convert: impl FnMut(&str) -> Result<V, String>,
    ) -> Result<Vec<V>, LoadError> {
        let mut left = MOST_TEXT;
        self.all::<ByteArrayType, V>(name, |bytes| convert(text(&bytes, &mut left)?))
    }

    /// Texts, in some rows, each made into a value.
    pub(super) fn some_texts<V>(
        &self,
        name: &str,
        mut convert: impl FnMut(&str) -> Result<V, String>,
    ) -> Result<Sparse<V>, LoadError> {
        let mut left = MOST_TEXT;
        self.some::<ByteArrayType, V>(name, |bytes| convert(text(&bytes, &mut left)?))
    }

    pub(super) fn probabilities(&self, name: &str) -> Result<Vec<Probability>, LoadError> {
        self.all::<DoubleType, _>(name, probability)
    }

    pub(super) fn some_probabilities(&self, name: &str) -> Result<Sparse<Probability>, LoadError> {
        self.some::<DoubleType, _>(name, probability)
    }

    /// Whole numbers, one in each row, each made into a value.
    pub(super) fn counts<V>(
        &self,
        name: &str,
        mut convert: impl FnMut(u32) -> Result<V, String>,
    ) -> Result<Vec<V>, LoadError> {
        self.all::<Int32Type, V>(name, |number| convert(number.cast_unsigned()))
    }

    /// Whole numbers, in some rows, each made into a value.
    pub(super) fn some_counts<V>(
        &self,
        name: &str,
        mut convert: impl FnMut(u32) -> Result<V, String>,
    ) -> Result<Sparse<V>, LoadError> {
        self.some::<Int32Type, V>(name, |number| convert(number.cast_unsigned()))
    }

    pub(super) fn flags(&self, name: &str) -> Result<Vec<bool>, LoadError> {
        self.all::<BoolType, _>(name, Ok)
    }
}

/// What comes of some work; nothing if it panics, as the decoder does on some damaged pages.
fn unless_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A text, counted off what may be read of a column.
fn text<'b>(bytes: &'b ByteArray, left: &mut usize) -> Result<&'b str, String> {
    *left = left.checked_sub(bytes.len()).ok_or("the texts of the column have more than 1 GiB together")?;
    std::str::from_utf8(bytes.data()).map_err(|error| format!("it is no text: {error}"))
}

fn probability(number: f64) -> Result<Probability, String> {
    Probability::new(number).map_err(|error| error.to_string())
}
