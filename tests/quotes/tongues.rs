//! What the copies of the planted damage say, in five languages. All of it was written for these tests.

/// Sentences of one language, and how each is damaged.
pub(super) struct Tongue {
    pub(super) name: &'static str,
    /// With a number in it.
    pub(super) plain: &'static str,
    /// Its first words and its last.
    pub(super) ends: [&'static str; 2],
    /// A word of it that can be dropped without anybody noticing.
    pub(super) dropped: &'static str,
    /// Words of it, and what is put in their place: another letter, another digit, two words the other way round, another
    /// case (or one more letter, where a script has no cases), a denial.
    pub(super) letter: [&'static str; 2],
    pub(super) digit: [&'static str; 2],
    pub(super) swapped: [&'static str; 2],
    pub(super) case: [&'static str; 2],
    pub(super) denied: [&'static str; 2],
    /// With quotation marks, and the same with plain ones.
    pub(super) quoted: [&'static str; 2],
    /// With dashes, and the same with hyphens.
    pub(super) dashed: [&'static str; 2],
    /// With letters that can be joined or composed, and the same so.
    pub(super) joined: [&'static str; 2],
    /// With a word that is broken where `|` stands.
    pub(super) broken: &'static str,
    /// With a mark of a footnote, and the same without.
    pub(super) noted: [&'static str; 2],
    /// What nobody ever wrote.
    pub(super) invented: &'static str,
}

pub(super) const TONGUES: [Tongue; 5] = [
    Tongue {
        name: "english",
        plain: "The county closed the Mill Bridge on 4 May 1952, two days after the flood had reached the lower town.",
        ends: ["The county closed the Mill Bridge", "had reached the lower town."],
        dropped: "lower ",
        letter: ["flood", "blood"],
        digit: ["1952", "1953"],
        swapped: ["two days", "days two"],
        case: ["Mill", "mill"],
        denied: ["had reached", "had not reached"],
        quoted: [
            "The clerk wrote “no carts after dark” in the margin of the register.",
            "The clerk wrote \"no carts after dark\" in the margin of the register.",
        ],
        dashed: [
            "The ferry – a flat boat with one oar – took the mail until the autumn.",
            "The ferry -- a flat boat with one oar -- took the mail until the autumn.",
        ],
        joined: [
            "The first official finding was filed in the office of the surveyor.",
            "The ﬁrst oﬃcial ﬁnding was ﬁled in the oﬃce of the surveyor.",
        ],
        broken: "The engi|neers measured every arch before they wrote a single word.",
        noted: [
            "The repairs cost 1200 crowns,[38] which the parish had to borrow.",
            "The repairs cost 1200 crowns, which the parish had to borrow.",
        ],
        invented: "A travelling circus bought the bell tower and painted it bright green.",
    },
    Tongue {
        name: "german",
        plain: "Der Kreis sperrte die Mühlenbrücke am 4. Mai 1952, zwei Tage nachdem das Hochwasser die untere Stadt erreicht hatte.",
        ends: ["Der Kreis sperrte die Mühlenbrücke", "die untere Stadt erreicht hatte."],
        dropped: "untere ",
        letter: ["sperrte", "spornte"],
        digit: ["1952", "1962"],
        swapped: ["zwei Tage", "Tage zwei"],
        case: ["Kreis", "kreis"],
        denied: ["erreicht hatte", "nicht erreicht hatte"],
        quoted: [
            "Der Schreiber setzte „keine Wagen nach Einbruch der Nacht“ an den Rand des Buches.",
            "Der Schreiber setzte \"keine Wagen nach Einbruch der Nacht\" an den Rand des Buches.",
        ],
        dashed: [
            "Die Fähre – ein flaches Boot mit einem Ruder – brachte die Post bis zum Herbst.",
            "Die Fähre - ein flaches Boot mit einem Ruder - brachte die Post bis zum Herbst.",
        ],
        joined: [
            "Der Pfarrer schrieb für die Brücke viele höfliche Briefe an das Amt.",
            "Der Pfarrer schrieb fu\u{308}r die Bru\u{308}cke viele ho\u{308}ﬂiche Briefe an das Amt.",
        ],
        broken: "Die Vermes|sung aller Bögen dauerte länger als der Bau eines neuen Steges.",
        noted: [
            "Die Arbeiten kosteten 1200 Kronen [38], die sich die Gemeinde leihen musste.",
            "Die Arbeiten kosteten 1200 Kronen, die sich die Gemeinde leihen musste.",
        ],
        invented: "Ein Wanderzirkus kaufte den Glockenturm und strich ihn leuchtend grün an.",
    },
    Tongue {
        name: "french",
        plain: "Le comté ferma le pont du moulin le 4 mai 1952, deux jours après que la crue eut atteint la ville basse.",
        ends: ["Le comté ferma le pont du moulin", "eut atteint la ville basse."],
        dropped: "basse",
        letter: ["crue", "grue"],
        digit: ["1952", "1925"],
        swapped: ["deux jours", "jours deux"],
        case: ["moulin", "Moulin"],
        denied: ["eut atteint", "n’eut pas atteint"],
        quoted: [
            "Le greffier nota « pas de charrettes après la nuit » en marge du registre.",
            "Le greffier nota \"pas de charrettes après la nuit\" en marge du registre.",
        ],
        dashed: [
            "Le bac — une barque plate à une seule rame — porta le courrier jusqu’à l’automne.",
            "Le bac - une barque plate à une seule rame - porta le courrier jusqu'à l'automne.",
        ],
        joined: [
            "Le préfet fit afficher l’arrêté à la première fenêtre du greffe.",
            "Le pre\u{301}fet ﬁt aﬃcher l'arre\u{302}te\u{301} a\u{300} la premie\u{300}re fene\u{302}tre du greﬀe.",
        ],
        broken: "Les ingé|nieurs mesurèrent chaque arche avant d’écrire un seul mot.",
        noted: [
            "Les travaux coûtèrent 1200 couronnes [38] que la paroisse dut emprunter.",
            "Les travaux coûtèrent 1200 couronnes que la paroisse dut emprunter.",
        ],
        invented: "Un cirque ambulant acheta le clocher et le peignit en vert vif.",
    },
    Tongue {
        name: "russian",
        plain: "Уезд закрыл мельничный мост 4 мая 1952 года, через два дня после того, как вода дошла до нижнего города.",
        ends: ["Уезд закрыл мельничный мост", "дошла до нижнего города."],
        dropped: "нижнего ",
        letter: ["вода", "мода"],
        digit: ["1952", "1959"],
        swapped: ["два дня", "дня два"],
        case: ["Уезд", "уезд"],
        denied: ["вода дошла", "вода не дошла"],
        quoted: [
            "Писарь пометил «телег после заката не пускать» на полях книги.",
            "Писарь пометил \"телег после заката не пускать\" на полях книги.",
        ],
        dashed: [
            "Паром — плоская лодка с одним веслом — возил почту до самой осени.",
            "Паром - плоская лодка с одним веслом - возил почту до самой осени.",
        ],
        joined: [
            "Старый чиновник подал первый отчёт в свой домашний кабинет.",
            "Старыи\u{306} чиновник подал первыи\u{306} отче\u{308}т в свои\u{306} домашнии\u{306} кабинет.",
        ],
        broken: "Землеме|ры измерили каждый пролёт прежде, чем написали хоть слово.",
        noted: [
            "Починка стоила 1200 рублей,[38] которые приходу пришлось занять.",
            "Починка стоила 1200 рублей, которые приходу пришлось занять.",
        ],
        invented: "Бродячий цирк купил колокольню и выкрасил её в ярко-зелёный цвет.",
    },
    Tongue {
        name: "hebrew",
        plain: "המחוז סגר את גשר הטחנה ב 4 במאי 1952, יומיים לאחר שהשיטפון הגיע אל העיר התחתונה.",
        ends: ["המחוז סגר את גשר הטחנה", "הגיע אל העיר התחתונה."],
        dropped: "התחתונה",
        letter: ["סגר", "סכר"],
        digit: ["1952", "1951"],
        swapped: ["גשר הטחנה", "הטחנה גשר"],
        case: ["העיר", "העייר"],
        denied: ["הגיע", "לא הגיע"],
        quoted: [
            "הפקיד כתב ”אין עגלות אחרי החשכה” בשולי הספר הגדול.",
            "הפקיד כתב \"אין עגלות אחרי החשכה\" בשולי הספר הגדול.",
        ],
        dashed: [
            "המעבורת – סירה שטוחה עם משוט אחד – נשאה את הדואר עד הסתיו.",
            "המעבורת - סירה שטוחה עם משוט אחד - נשאה את הדואר עד הסתיו.",
        ],
        joined: [
            "שבעה אנשים ישבו בלשכה ושמעו את הדוח הראשון.",
            "שב\u{fb20}ה אנשים ישבו בלשכה ושמ\u{fb20}ו את ה\u{fb22}וח הראשון.",
        ],
        broken: "המהנד|סים מדדו כל קשת לפני שכתבו ולו מילה אחת.",
        noted: ["התיקונים עלו 1200 כתרים [38] שהקהילה נאלצה ללוות.", "התיקונים עלו 1200 כתרים שהקהילה נאלצה ללוות."],
        invented: "קרקס נודד קנה את מגדל הפעמון וצבע אותו בירוק זוהר.",
    },
];
