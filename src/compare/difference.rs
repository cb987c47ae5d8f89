//! The edits that lead from one version of a case to the other, and every version between.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Actor, Attack, Case, Document, Evidence, Inference, Key, Node, Question, Statement, StatementId, TableId,
};

use super::between::{Op, between};
use super::content::{Content, Visit};
use super::edit::{Bearing, Edit, Link, Value};
use super::fields::{self, Field};
use super::names::{Entry, Names};
use super::pairs::{self, Pair};
use super::side::{Row, Side};

/// An edit as it is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Action {
    pub(super) entry: Entry,
    pub(super) op: Op,
}

/// The edits between two versions of a case.
#[derive(Debug, Clone)]
pub struct Differences {
    pub(super) old: Side,
    pub(super) new: Side,
    pub(super) names: Names,
    edits: Vec<Edit>,
    pub(super) actions: Vec<Action>,
    /// What each edit cannot do without.
    needs: Vec<Vec<usize>>,
}

impl Differences {
    /// The edits from the older to the newer version: the case itself, then actors, documents, claims, relationships,
    /// inferences and questions in the order of their ids. The order in which anything is written is no difference.
    ///
    /// Cost: linear in the size of the cases; lists that were reordered at most quadratic in their length.
    pub fn new(old: &Case, new: &Case) -> Self {
        let names = Names::new(old, new);
        let sides = (Side::of(old, &names), Side::of(new, &names));
        let mut found = Found { names: &names, edits: Vec::new(), actions: Vec::new(), uses: Vec::new() };
        found.all(&sides.0, &sides.1);
        let Found { edits, actions, uses, .. } = found;
        let needs = needs(&sides.0, &sides.1, &names, &actions, &uses);
        Self { old: sides.0, new: sides.1, names, edits, actions, needs }
    }

    /// The edits, in order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Edits with all that they cannot do without: a link to a new document needs the document added, and a document
    /// can go only when nothing refers to it. Edits are named by their place in [`Differences::edits`].
    pub fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut closed = BTreeSet::new();
        let mut waiting: Vec<usize> = chosen.iter().copied().collect();
        while let Some(edit) = waiting.pop() {
            if closed.insert(edit) {
                waiting.extend(&self.needs[edit]);
            }
        }
        closed
    }

    /// The older version with these edits done, and those that they cannot do without: a case in which every
    /// reference leads somewhere. With none it says what the older version says, with all what the newer one does.
    pub fn apply(&self, chosen: &BTreeSet<usize>) -> Case {
        let mut ops: BTreeMap<Entry, Vec<Op>> = BTreeMap::new();
        for edit in self.closed(chosen) {
            let Action { entry, op } = self.actions[edit];
            ops.entry(entry).or_default().push(op);
        }
        between(&self.old, &self.new, &ops).case()
    }
}

/// What an edit brings in and what it lets go of.
#[derive(Debug, Clone, Default)]
struct Uses {
    brings: BTreeSet<Entry>,
    drops: BTreeSet<Entry>,
}

impl Uses {
    fn of<T: Clone>(old: Option<&T>, new: Option<&T>, visit: impl Fn(&mut T, Visit<'_>)) -> Self {
        let references = |content: Option<&T>| content.map_or_else(BTreeSet::new, |one| referred(one.clone(), &visit));
        Self { brings: references(new), drops: references(old) }
    }
}

/// Edits as they are found.
struct Found<'n> {
    names: &'n Names,
    edits: Vec<Edit>,
    actions: Vec<Action>,
    uses: Vec<Uses>,
}

/// Where an edit is.
#[derive(Clone, Default)]
struct Place {
    field: Option<&'static str>,
    link: Option<Link>,
    other: Option<Key>,
}

impl Found<'_> {
    fn all(&mut self, old: &Side, new: &Side) {
        self.fields(Entry::Case, &old.frame, &new.frame, fields::FRAME);
        self.rows(&old.actors, &new.actors, Entry::Actor, Self::actor);
        self.rows(&old.documents, &new.documents, Entry::Document, Self::document);
        let declared = |side: &Side| -> BTreeSet<(StatementId, StatementId)> {
            let all = side.statements.iter().enumerate().filter_map(|(at, row)| Some((at, row.as_ref()?)));
            all.flat_map(|(at, row)| row.rivals.iter().map(move |&rival| (StatementId::from_index(at), rival)))
                .collect()
        };
        let rivals = (declared(old), declared(new));
        self.rows(&old.statements, &new.statements, Entry::Statement, |found, entry, one, other| {
            found.statement(entry, one, other, &rivals);
        });
        self.rows(&old.inferences, &new.inferences, Entry::Inference, Self::inference);
        self.rows(&old.questions, &new.questions, Entry::Question, Self::question);
    }

    fn rows<I: TableId, T: Row + Described>(
        &mut self,
        old: &[Option<T>],
        new: &[Option<T>],
        entry: fn(I) -> Entry,
        changed: impl Fn(&mut Self, Entry, &T, &T),
    ) {
        for (at, pair) in old.iter().zip(new).enumerate() {
            let entry = entry(I::from_index(at));
            match pair {
                (Some(one), Some(other)) => changed(self, entry, one, other),
                (one, other) => self.whole(entry, one.as_ref(), other.as_ref()),
            }
        }
    }

    /// An entry added or removed.
    fn whole<T: Row + Described>(&mut self, entry: Entry, old: Option<&T>, new: Option<&T>) {
        let value = |row: Option<&T>| row.map(|row| Value::Text(row.words().to_owned()));
        let uses = Uses::of(old, new, T::visit);
        self.push(entry, Op::Whole, Place::default(), (value(old), value(new)), Bearing::Verdicts, uses);
    }

    /// A relationship that takes, or took, the verdict of another claim. Such a one has no evidence of its own, so that
    /// the two versions of it cannot be mixed.
    fn renamed(&mut self, entry: Entry, old: &Statement, new: &Statement) {
        let value = |row: &Statement| Some(row.same_as.value(self.names));
        let place = Place { field: Some("same_as"), ..Place::default() };
        let uses = Uses::of(Some(old), Some(new), Statement::visit);
        self.push(entry, Op::Whole, place, (value(old), value(new)), Bearing::Verdicts, uses);
    }

    fn push(
        &mut self,
        entry: Entry,
        op: Op,
        place: Place,
        (before, after): (Option<Value>, Option<Value>),
        bearing: Bearing,
        uses: Uses,
    ) {
        let Place { field, link, other } = place;
        let (sort, id) = (self.names.sort(entry), self.names.id(entry).cloned());
        self.edits.push(Edit { sort, id, field, link, other, before, after, bearing });
        self.actions.push(Action { entry, op });
        self.uses.push(uses);
    }

    fn fields<T: Clone>(&mut self, entry: Entry, old: &T, new: &T, table: &[Field<T>]) {
        for (nth, field) in table.iter().enumerate() {
            self.field(entry, Op::Field(nth), Place::default(), field, old, new);
        }
    }

    fn field<T: Clone>(&mut self, entry: Entry, op: Op, place: Place, field: &Field<T>, old: &T, new: &T) {
        if (field.alike)(old, new) {
            return;
        }
        let values = (Some((field.value)(old, self.names)), Some((field.value)(new, self.names)));
        let uses = Uses::of(Some(old), Some(new), field.visit);
        self.push(entry, op, Place { field: Some(field.name), ..place }, values, field.bearing, uses);
    }

    fn actor(&mut self, entry: Entry, old: &Actor, new: &Actor) {
        self.fields(entry, old, new, fields::ACTOR);
        self.attacks(entry, "impeached_by", &old.impeached_by, &new.impeached_by);
    }

    fn document(&mut self, entry: Entry, old: &Document, new: &Document) {
        self.fields(entry, old, new, fields::DOCUMENT);
        self.attacks(entry, "impeached_by", &old.impeached_by, &new.impeached_by);
    }

    fn inference(&mut self, entry: Entry, old: &Inference, new: &Inference) {
        self.fields(entry, old, new, fields::INFERENCE);
        self.attacks(entry, "undercut_by", &old.undercut_by, &new.undercut_by);
    }

    fn question(&mut self, entry: Entry, old: &Question, new: &Question) {
        self.fields(entry, old, new, fields::QUESTION);
    }

    fn statement(&mut self, entry: Entry, old: &Statement, new: &Statement, rivals: &(Pairs, Pairs)) {
        if old.same_as != new.same_as {
            return self.renamed(entry, old, new);
        }
        self.fields(entry, old, new, fields::STATEMENT);
        self.links(entry, &old.evidence, &new.evidence);
        let Entry::Statement(id) = entry else { panic!("a statement's entry") };
        self.relations(entry, "entails", Op::Entails, &pairs_of(id, &old.entails), &pairs_of(id, &new.entails));
        // A rivalry that is declared on the other side now, or was before, is the same one.
        let (before, after) = rivals;
        let is_new = |pair: &&(StatementId, StatementId)| !before.contains(&(pair.1, pair.0));
        let is_gone = |pair: &&(StatementId, StatementId)| !after.contains(&(pair.1, pair.0));
        let added: Pairs = pairs_of(id, &new.rivals).iter().filter(is_new).copied().collect();
        let removed: Pairs = pairs_of(id, &old.rivals).iter().filter(is_gone).copied().collect();
        self.relations(entry, "rivals", Op::Rival, &removed, &added);
    }

    /// Entailments or rivals, one by one.
    fn relations(&mut self, entry: Entry, field: &'static str, op: fn(StatementId) -> Op, old: &Pairs, new: &Pairs) {
        for &(_, other) in old.symmetric_difference(new) {
            let added = new.iter().any(|&(_, to)| to == other);
            let uses = BTreeSet::from([Entry::Statement(other)]);
            let uses =
                if added { Uses { brings: uses, ..Uses::default() } } else { Uses { drops: uses, ..Uses::default() } };
            let key = self.names.key(Node::Statement(other)).clone();
            let value = |there: bool| there.then(|| Value::Ids(vec![key.clone()]));
            let place = Place { field: Some(field), other: Some(key.clone()), link: None };
            self.push(entry, op(other), place, (value(!added), value(added)), Bearing::Verdicts, uses);
        }
    }

    fn attacks(&mut self, entry: Entry, field: &'static str, old: &[Attack], new: &[Attack]) {
        for (nth, pair) in pairs::attacks(old, new).into_iter().enumerate() {
            let place = Place { field: Some(field), ..Place::default() };
            self.attack(entry, Op::Attack(nth), place, at(old, new, pair));
        }
    }

    /// An attack added, removed, or of another strength.
    fn attack(&mut self, entry: Entry, op: Op, place: Place, (old, new): (Option<&Attack>, Option<&Attack>)) {
        if let (Some(old), Some(new)) = (old, new)
            && old.alike(new)
        {
            return;
        }
        let uses = Uses::of(old, new, Attack::visit);
        let values = (old.map(|old| old.value(self.names)), new.map(|new| new.value(self.names)));
        let from = new.or(old).map(|attack| self.names.key(Node::from(attack.from)).clone());
        self.push(entry, op, Place { other: from, ..place }, values, Bearing::Verdicts, uses);
    }

    fn links(&mut self, entry: Entry, old: &[Evidence], new: &[Evidence]) {
        for (nth, pair) in pairs::links(old, new).into_iter().enumerate() {
            match at(old, new, pair) {
                (Some(one), Some(other)) => self.link(entry, nth, one, other),
                (one, other) => self.whole_link(entry, nth, one, other),
            }
        }
    }

    fn link_place(&self, link: &Evidence) -> Place {
        let from = self.names.key(Node::from(link.from)).clone();
        Place { link: Some(Link { effect: link.effect, from, at: link.at.clone() }), ..Place::default() }
    }

    fn whole_link(&mut self, entry: Entry, nth: usize, old: Option<&Evidence>, new: Option<&Evidence>) {
        let Some(there) = new.or(old) else { return };
        let place = Place { field: Some("evidence"), ..self.link_place(there) };
        let uses = Uses::of(old, new, Evidence::visit);
        let values = (old.map(|old| old.value(self.names)), new.map(|new| new.value(self.names)));
        self.push(entry, Op::Link(nth), place, values, Bearing::Verdicts, uses);
    }

    fn link(&mut self, entry: Entry, nth: usize, old: &Evidence, new: &Evidence) {
        let place = self.link_place(old);
        for (field_nth, field) in fields::LINK.iter().enumerate() {
            self.field(entry, Op::LinkField(nth, field_nth), place.clone(), field, old, new);
        }
        for (attack, pair) in pairs::attacks(&old.undercut_by, &new.undercut_by).into_iter().enumerate() {
            let place = Place { field: Some("undercut_by"), ..place.clone() };
            self.attack(entry, Op::Undercut(nth, attack), place, at(&old.undercut_by, &new.undercut_by, pair));
        }
    }
}

/// Statements in pairs, as one of them declares it.
type Pairs = BTreeSet<(StatementId, StatementId)>;

fn pairs_of(id: StatementId, list: &[StatementId]) -> Pairs {
    list.iter().map(|&other| (id, other)).collect()
}

/// The items of a pair.
fn at<'i, T>(old: &'i [T], new: &'i [T], pair: Pair) -> (Option<&'i T>, Option<&'i T>) {
    (pair.0.map(|at| &old[at]), pair.1.map(|at| &new[at]))
}

/// Everything that something refers to.
fn referred<T>(mut content: T, visit: impl Fn(&mut T, Visit<'_>)) -> BTreeSet<Entry> {
    let mut found = BTreeSet::new();
    visit(&mut content, &mut |node| {
        found.insert(Entry::from(node));
        node
    });
    found
}

/// What each edit cannot do without: the entries that it brings in have to be added; and an entry can be taken away
/// only with every edit that lets go of it, and with whatever takes over its id.
fn needs(old: &Side, new: &Side, names: &Names, actions: &[Action], uses: &[Uses]) -> Vec<Vec<usize>> {
    let mut added: BTreeMap<Entry, usize> = BTreeMap::new();
    let mut removed: BTreeMap<Entry, usize> = BTreeMap::new();
    for (edit, action) in actions.iter().enumerate().filter(|(_, action)| action.op == Op::Whole) {
        match (old.has(action.entry), new.has(action.entry)) {
            (false, true) => added.insert(action.entry, edit),
            (true, false) => removed.insert(action.entry, edit),
            _ => None,
        };
    }
    let mut needs: Vec<Vec<usize>> =
        uses.iter().map(|uses| uses.brings.iter().filter_map(|entry| added.get(entry).copied()).collect()).collect();
    for (edit, uses) in uses.iter().enumerate() {
        for gone in uses.drops.iter().filter_map(|entry| removed.get(entry)).filter(|&&gone| gone != edit) {
            needs[*gone].push(edit);
        }
    }
    let of_id: BTreeMap<_, usize> = added.iter().map(|(&entry, &edit)| (names.id(entry), edit)).collect();
    for (&entry, &gone) in &removed {
        if let Some(&successor) = of_id.get(&names.id(entry)) {
            needs[gone].push(successor);
            needs[successor].push(gone);
        }
    }
    needs
}

/// What an entry is called in words.
trait Described {
    fn words(&self) -> &str;
}

/// Entries and the field that holds their words.
macro_rules! described {
    ($($sort:ty: $field:ident;)*) => {$(
        impl Described for $sort {
            fn words(&self) -> &str {
                &self.$field
            }
        }
    )*};
}

impl Described for Inference {
    fn words(&self) -> &str {
        self.scheme.as_deref().unwrap_or_default()
    }
}

described! {
    Actor: name;
    Document: title;
    Statement: text;
    Question: text;
}
