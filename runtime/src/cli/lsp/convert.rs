//! Blocks, names and words as editors know them.

use amtsweg_dsl::editor::{Block, Sort, Symbol, Token, TokenKind};
use amtsweg_dsl::syntax::keyword::Heading;
use lsp_types::{
    DocumentSymbol, FoldingRange, SemanticToken, SemanticTokenType, SemanticTokens, SymbolInformation, SymbolKind,
};

use super::document::Document;
use super::home::Home;

/// What words can be, in the order of [`number`].
pub(super) const TOKEN_TYPES: [SemanticTokenType; 11] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::TYPE,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::CLASS,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::COMMENT,
];

fn number(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Keyword => 0,
        TokenKind::Property => 1,
        TokenKind::Type => 2,
        TokenKind::Variable => 3,
        TokenKind::Function => 4,
        TokenKind::EnumMember => 5,
        TokenKind::Class => 6,
        TokenKind::String => 7,
        TokenKind::Number => 8,
        TokenKind::Operator => 9,
        TokenKind::Comment => 10,
    }
}

/// The words of a file, each told from where the one before begins.
pub(super) fn tokens(tokens: &[Token], document: &Document) -> SemanticTokens {
    let (mut line, mut character) = (0, 0);
    let mut data = Vec::with_capacity(tokens.len());
    for token in tokens {
        let range = document.range(token.span);
        // A text that Word has broken stands in two lines of the editor.
        if range.end.line != range.start.line || range.end.character <= range.start.character {
            continue;
        }
        let delta_line = range.start.line.saturating_sub(line);
        let before = if delta_line == 0 { character } else { 0 };
        data.push(SemanticToken {
            delta_line,
            delta_start: range.start.character.saturating_sub(before),
            length: range.end.character - range.start.character,
            token_type: number(token.kind),
            token_modifiers_bitset: u32::from(token.introduces),
        });
        (line, character) = (range.start.line, range.start.character);
    }
    SemanticTokens { result_id: None, data }
}

/// A block with those inside.
pub(super) fn block(block: &Block, document: &Document) -> DocumentSymbol {
    let inside: Vec<_> = block.inside.iter().map(|inside| self::block(inside, document)).collect();
    #[expect(deprecated, reason = "the field must be named")]
    DocumentSymbol {
        name: block.name.clone(),
        detail: Some(block.title.clone()).filter(|title| !title.is_empty()),
        kind: kind(block.sort),
        tags: None,
        deprecated: None,
        range: document.range(block.whole),
        selection_range: document.range(block.name_span),
        children: (!inside.is_empty()).then_some(inside),
    }
}

/// The blocks as what can be folded away.
pub(super) fn folds(block: &Block, document: &Document, folds: &mut Vec<FoldingRange>) {
    let range = document.range(block.whole);
    // The last line may be no more than the beginning of the next block's.
    let last = if range.end.character == 0 { range.end.line.saturating_sub(1) } else { range.end.line };
    if range.start.line < last {
        folds.push(FoldingRange { start_line: range.start.line, end_line: last, ..FoldingRange::default() });
    }
    for inside in &block.inside {
        self::folds(inside, document, folds);
    }
}

/// Something with a name, anywhere in a folder.
pub(super) fn symbol(symbol: &Symbol, home: &Home) -> Option<SymbolInformation> {
    #[expect(deprecated, reason = "the field must be named")]
    Some(SymbolInformation {
        name: match &symbol.title {
            Some(title) => format!("{} – {title}", symbol.name),
            None => symbol.name.clone(),
        },
        kind: kind(symbol.sort),
        tags: None,
        deprecated: None,
        location: home.location(symbol.places.first()?)?,
        container_name: Some(symbol.file().to_owned()),
    })
}

/// What is inserted where an editor does not fill in: the words of a snippet without its marks.
pub(super) fn plain(snippet: &str) -> String {
    let mut text = String::with_capacity(snippet.len());
    let mut signs = snippet.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '$' if signs.peek() == Some(&'{') => {
                // `${1:name}`: the number goes, the words stay.
                let inside: String = signs.by_ref().skip(1).take_while(|sign| *sign != '}').collect();
                text.push_str(inside.split_once(':').map_or("", |(_, words)| words));
            }
            '$' => while signs.next_if(char::is_ascii_digit).is_some() {},
            sign => text.push(sign),
        }
    }
    text
}

fn kind(sort: Sort) -> SymbolKind {
    match sort {
        Sort::Heading(heading) => match heading {
            Heading::Application | Heading::Report | Heading::Topic | Heading::Adopts => SymbolKind::FILE,
            Heading::Block | Heading::Portal => SymbolKind::CLASS,
            Heading::List => SymbolKind::ENUM,
            Heading::Authority => SymbolKind::INTERFACE,
            Heading::Translation => SymbolKind::NAMESPACE,
            Heading::Section | Heading::Tiles | Heading::Offer | Heading::LifeEvent => SymbolKind::MODULE,
            Heading::Question => SymbolKind::FIELD,
            Heading::Paragraph | Heading::EndPage => SymbolKind::STRING,
            Heading::Rule => SymbolKind::BOOLEAN,
            Heading::Computed => SymbolKind::VARIABLE,
            Heading::Value => SymbolKind::CONSTANT,
            Heading::Fee | Heading::Responsible => SymbolKind::ARRAY,
            Heading::Example => SymbolKind::EVENT,
            Heading::Replaces | Heading::Adds | Heading::Drops | Heading::Transition => SymbolKind::OBJECT,
        },
        Sort::Option | Sort::ListValue | Sort::Tile => SymbolKind::ENUM_MEMBER,
        Sort::Column => SymbolKind::PROPERTY,
        Sort::Alias | Sort::Task => SymbolKind::KEY,
    }
}
