//! Which schemata of FollowTheMoney are what in a case, and which of their properties.

use crate::model::{ActorKind, DocumentKind, RelationshipKind};

/// Schemata that are actors. The first that a kind has is that in which it is written.
pub(super) fn actor(schema: &str) -> Option<ActorKind> {
    Some(match schema {
        "Person" => ActorKind::Person,
        "Company" => ActorKind::Company,
        "PublicBody" => ActorKind::Agency,
        "Organization" => ActorKind::Other("organization".to_owned()),
        "LegalEntity" => ActorKind::Other("legal entity".to_owned()),
        _ => return None,
    })
}

/// The schema of an actor of a kind.
pub(super) fn of_actor(kind: Option<&ActorKind>) -> &'static str {
    match kind {
        Some(ActorKind::Person | ActorKind::Journalist | ActorKind::Scholar | ActorKind::Trafficker) => "Person",
        Some(ActorKind::Company | ActorKind::Contractor) => "Company",
        Some(ActorKind::Agency | ActorKind::Government | ActorKind::Committee) => "PublicBody",
        Some(ActorKind::Outlet | ActorKind::Archive | ActorKind::Cartel | ActorKind::ArmedGroup) => "Organization",
        Some(ActorKind::Other(other)) if other == "organization" => "Organization",
        _ => "LegalEntity",
    }
}

/// Schemata that are documents, with their kinds.
const DOCUMENTS: &[(&str, &str)] = &[
    ("Document", ""),
    ("Pages", ""),
    ("PlainText", ""),
    ("HyperText", "web page"),
    ("Email", "e-mail"),
    ("Message", "message"),
    ("Image", "image"),
    ("Video", "video"),
    ("Audio", "audio"),
    ("Package", "package"),
];

/// The kind of a document of a schema; none inside where it says nothing.
pub(super) fn document(schema: &str) -> Option<Option<DocumentKind>> {
    match schema {
        "Folder" => return Some(Some(DocumentKind::Archive)),
        "Table" | "Workbook" => return Some(Some(DocumentKind::Dataset)),
        "Article" => return Some(Some(DocumentKind::NewsReport)),
        _ => {}
    }
    let (_, kind) = DOCUMENTS.iter().find(|(known, _)| *known == schema)?;
    Some((!kind.is_empty()).then(|| DocumentKind::Other((*kind).to_owned())))
}

/// The schema of a document of a kind.
pub(super) fn of_document(kind: Option<&DocumentKind>) -> &'static str {
    match kind {
        Some(DocumentKind::Archive) => "Folder",
        Some(DocumentKind::Dataset) => "Table",
        Some(DocumentKind::NewsReport) => "Article",
        Some(kind) => {
            DOCUMENTS.iter().find(|(_, known)| *known == kind.phrase()).map_or("Document", |(schema, _)| schema)
        }
        None => "Document",
    }
}

/// A schema that is a relationship.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) schema: &'static str,
    /// The property that has who did it, and the one that has with whom.
    pub(super) ends: [&'static str; 2],
    phrase: &'static str,
}

const fn edge(schema: &'static str, from: &'static str, to: &'static str, phrase: &'static str) -> Edge {
    Edge { schema, ends: [from, to], phrase }
}

const EDGES: &[Edge] = &[
    edge("Ownership", "owner", "asset", "owned"),
    edge("Directorship", "director", "organization", "was a director of"),
    edge("Membership", "member", "organization", "was a member of"),
    edge("Employment", "employer", "employee", "employed"),
    edge("Family", "person", "relative", "was a relative of"),
    edge("Associate", "person", "associate", "was an associate of"),
    edge("Payment", "payer", "beneficiary", "paid"),
    edge("Representation", "agent", "client", "represented"),
    edge("Succession", "predecessor", "successor", "was succeeded by"),
    edge("Debt", "debtor", "creditor", "owed money to"),
    edge("UnknownLink", "subject", "object", "was linked to"),
];

impl Edge {
    pub(super) fn of_schema(schema: &str) -> Option<&'static Self> {
        EDGES.iter().find(|edge| edge.schema == schema)
    }

    /// The schema of a relationship of a kind, and whether it says all that the kind says.
    pub(super) fn of_kind(kind: &RelationshipKind) -> (&'static Self, bool) {
        let known = EDGES.iter().find(|edge| edge.kind() == *kind);
        let near = match kind {
            RelationshipKind::PartOf => "Membership",
            RelationshipKind::Funded => "Payment",
            _ => "UnknownLink",
        };
        match known {
            Some(edge) => (edge, true),
            None => (EDGES.iter().find(|edge| edge.schema == near).unwrap_or(&EDGES[EDGES.len() - 1]), false),
        }
    }

    pub(super) fn kind(&self) -> RelationshipKind {
        match self.phrase {
            "employed" => RelationshipKind::Employed,
            phrase => RelationshipKind::Other(phrase.to_owned()),
        }
    }
}

/// Properties that a note keeps, a line for each: `birthDate: 1970-01-01`. From such lines they are written again.
pub(super) const NOTED: &[&str] = &[
    "title",
    "firstName",
    "middleName",
    "secondName",
    "fatherName",
    "lastName",
    "nameSuffix",
    "birthDate",
    "birthPlace",
    "birthCountry",
    "deathDate",
    "gender",
    "nationality",
    "citizenship",
    "position",
    "political",
    "profession",
    "education",
    "religion",
    "ethnicity",
    "passportNumber",
    "idNumber",
    "socialSecurityNumber",
    "legalForm",
    "incorporationDate",
    "dissolutionDate",
    "status",
    "sector",
    "classification",
    "registrationNumber",
    "taxNumber",
    "taxStatus",
    "licenseNumber",
    "vatCode",
    "leiCode",
    "dunsCode",
    "innCode",
    "ogrnCode",
    "okpoCode",
    "uscCode",
    "npiCode",
    "swiftBic",
    "bvdId",
    "icijId",
    "opencorporatesUrl",
    "uniqueEntityId",
    "country",
    "mainCountry",
    "jurisdiction",
    "address",
    "email",
    "phone",
    "website",
    "wikidataId",
    "wikipediaUrl",
    "program",
    "role",
    "relationship",
    "recordId",
    "amount",
    "currency",
    "amountEur",
    "amountUsd",
    "amountUSD",
    "purpose",
    "programme",
    "transactionNumber",
    "sequenceNumber",
    "percentage",
    "sharesCount",
    "sharesValue",
    "sharesCurrency",
    "sharesType",
    "ownershipType",
    "legalBasis",
    "secretary",
    "fileName",
    "language",
    "mimeType",
    "contentHash",
    "messageId",
    "subject",
    "from",
    "to",
    "authoredAt",
    "sourceUrl",
    "publisher",
    "publisherUrl",
    "createdAt",
    "modifiedAt",
    "retrievedAt",
];

/// Properties in which the words of an entity stand.
pub(super) const WORDS: [&str; 3] = ["summary", "description", "notes"];

/// Properties by which a program keeps its index.
pub(super) const QUIET: &[&str] = &[
    "indexText",
    "alephUrl",
    "processingStatus",
    "processingError",
    "processedAt",
    "crawler",
    "generator",
    "fileSize",
    "encoding",
    "extension",
    "detectedLanguage",
    "detectedCountry",
    "ancestors",
    "pdfHash",
    "csvHash",
    "rowCount",
    "columns",
    "headers",
    "programId",
];
