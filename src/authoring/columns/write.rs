//! Encodes a table as a Parquet file.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};

/// How many rows are in a row group.
const GROUP: usize = 1 << 20;

type Cell<'c, R, V> = Box<dyn Fn(&R) -> Option<V> + 'c>;

enum Cells<'c, R> {
    Text(Cell<'c, R, Cow<'c, str>>),
    Number(Cell<'c, R, f64>),
    Count(Cell<'c, R, u32>),
    Flag(Cell<'c, R, bool>),
}

struct Column<'c, R> {
    name: &'static str,
    cells: Cells<'c, R>,
    required: bool,
    /// The encoding where values hardly repeat; none: with a dictionary.
    encoding: Option<Encoding>,
}

/// A table that is about to be written.
pub(super) struct TableWriter<'c, R> {
    rows: Vec<R>,
    columns: Vec<Column<'c, R>>,
}

impl<'c, R> TableWriter<'c, R> {
    pub(super) fn new(rows: impl IntoIterator<Item = R>) -> Self {
        Self { rows: rows.into_iter().collect(), columns: Vec::new() }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    fn column(mut self, name: &'static str, cells: Cells<'c, R>, required: bool, encoding: Option<Encoding>) -> Self {
        self.columns.push(Column { name, cells, required, encoding });
        self
    }

    /// The ids of the rows.
    pub(super) fn key(self, cell: impl Fn(&R) -> &'c str + 'c) -> Self {
        self.text("id", cell)
    }

    /// Ids of what rows refer to, for people; often each is much like the one before. They are not read again: in this
    /// encoding a few bytes can stand for any number.
    pub(super) fn id(self, name: &'static str, cell: impl Fn(&R) -> &'c str + 'c) -> Self {
        let cells = Cells::Text(Box::new(move |row| Some(cell(row).into())));
        self.column(name, cells, true, Some(Encoding::DELTA_BYTE_ARRAY))
    }

    /// The same, where there is one.
    pub(super) fn optional_id(self, name: &'static str, cell: impl Fn(&R) -> Option<&'c str> + 'c) -> Self {
        let cells = Cells::Text(Box::new(move |row| cell(row).map(Cow::from)));
        self.column(name, cells, false, Some(Encoding::DELTA_BYTE_ARRAY))
    }

    /// Texts that hardly repeat.
    pub(super) fn text(self, name: &'static str, cell: impl Fn(&R) -> &'c str + 'c) -> Self {
        let cells = Cells::Text(Box::new(move |row| Some(cell(row).into())));
        self.column(name, cells, true, Some(Encoding::PLAIN))
    }

    /// Texts that hardly repeat, where there is one.
    pub(super) fn optional_text(self, name: &'static str, cell: impl Fn(&R) -> Option<&'c str> + 'c) -> Self {
        let cells = Cells::Text(Box::new(move |row| cell(row).map(Cow::from)));
        self.column(name, cells, false, Some(Encoding::PLAIN))
    }

    /// One of a few words.
    pub(super) fn word(self, name: &'static str, cell: impl Fn(&R) -> Cow<'c, str> + 'c) -> Self {
        self.column(name, Cells::Text(Box::new(move |row| Some(cell(row)))), true, None)
    }

    /// One of a few words, where there is one.
    pub(super) fn optional_word(self, name: &'static str, cell: impl Fn(&R) -> Option<&'c str> + 'c) -> Self {
        self.column(name, Cells::Text(Box::new(move |row| cell(row).map(Cow::from))), false, None)
    }

    pub(super) fn number(self, name: &'static str, cell: impl Fn(&R) -> f64 + 'c) -> Self {
        self.column(name, Cells::Number(Box::new(move |row| Some(cell(row)))), true, None)
    }

    pub(super) fn optional_number(self, name: &'static str, cell: impl Fn(&R) -> Option<f64> + 'c) -> Self {
        self.column(name, Cells::Number(Box::new(cell)), false, None)
    }

    pub(super) fn count(self, name: &'static str, cell: impl Fn(&R) -> u32 + 'c) -> Self {
        let cells = Cells::Count(Box::new(move |row| Some(cell(row))));
        self.column(name, cells, true, Some(Encoding::PLAIN))
    }

    pub(super) fn optional_count(self, name: &'static str, cell: impl Fn(&R) -> Option<u32> + 'c) -> Self {
        let cells = Cells::Count(Box::new(cell));
        self.column(name, cells, false, Some(Encoding::PLAIN))
    }

    pub(super) fn flag(self, name: &'static str, cell: impl Fn(&R) -> bool + 'c) -> Self {
        self.column(name, Cells::Flag(Box::new(move |row| Some(cell(row)))), true, None)
    }

    /// The file.
    pub(super) fn encode(&self, name: &str) -> io::Result<Vec<u8>> {
        self.try_encode(name).map_err(io::Error::other)
    }

    fn try_encode(&self, name: &str) -> Result<Vec<u8>, ParquetError> {
        let fields = self.columns.iter().map(|column| column.field().map(Arc::new)).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        let mut file = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut file, Arc::new(schema), Arc::new(self.properties()))?;
        for rows in self.rows.chunks(GROUP) {
            let mut group = writer.next_row_group()?;
            self.columns.iter().try_for_each(|column| column.write(rows, &mut group))?;
            group.close()?;
        }
        writer.close()?;
        Ok(file)
    }

    fn properties(&self) -> WriterProperties {
        let builder = WriterProperties::builder()
            .set_created_by(concat!("evigraph ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::UNCOMPRESSED)
            .set_statistics_enabled(EnabledStatistics::Chunk);
        let distinct = self.columns.iter().filter_map(|column| Some((column.name, column.encoding?)));
        let set = |builder, (name, encoding)| {
            let path = ColumnPath::from(name);
            parquet::file::properties::WriterPropertiesBuilder::set_column_dictionary_enabled(
                builder,
                path.clone(),
                false,
            )
            .set_column_encoding(path, encoding)
        };
        distinct.fold(builder, set).build()
    }
}

impl<R> Column<'_, R> {
    fn field(&self) -> Result<Type, ParquetError> {
        let (physical, logical) = match self.cells {
            Cells::Text(_) => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            Cells::Number(_) => (PhysicalType::DOUBLE, None),
            Cells::Count(_) => (PhysicalType::INT32, Some(LogicalType::integer(32, false))),
            Cells::Flag(_) => (PhysicalType::BOOLEAN, None),
        };
        let repetition = if self.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let builder = Type::primitive_type_builder(self.name, physical);
        builder.with_repetition(repetition).with_logical_type(logical).build()
    }

    fn write<W: io::Write + Send>(
        &self,
        rows: &[R],
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        match &self.cells {
            Cells::Text(cell) => {
                let bytes = |row: &R| cell(row).map(|text| ByteArray::from(text.as_bytes().to_vec()));
                self.write_values::<ByteArrayType, W>(rows, bytes, group)
            }
            Cells::Number(cell) => self.write_values::<DoubleType, W>(rows, cell, group),
            Cells::Count(cell) => self.write_values::<Int32Type, W>(rows, |row| cell(row).map(u32::cast_signed), group),
            Cells::Flag(cell) => self.write_values::<BoolType, W>(rows, cell, group),
        }
    }

    fn write_values<D: DataType, W: io::Write + Send>(
        &self,
        rows: &[R],
        value: impl Fn(&R) -> Option<D::T>,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let mut column = group.next_column()?.expect("the schema has every column");
        let (mut values, mut levels) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for value in rows.iter().map(value) {
            levels.push(i16::from(value.is_some()));
            values.extend(value);
        }
        let levels = (!self.required).then_some(&levels[..]);
        column.typed::<D>().write_batch(&values, levels, None)?;
        column.close()
    }
}
