// The syntax of gmemspec's language, one production for each concept. docs/language.md teaches it by
// example; gen/ast/ast.h has a struct for each production.
//
// Written for few and short look-aheads: what several alternatives start with is factored out, and what
// the grammar cannot say cheaply (comparisons do not chain, cites belong to exits, only the last element
// of a list may be missing) is checked in gen/syntax/build_ast*.cpp, with a better message.
grammar Gms;

file : header item* EOF ;
part : item* EOF ;                                 // an included file

header : DOC* SPEC name (EXTENDS name)? (LINK STRING)* ;

item : DOC* itemBody ;
itemBody
  : include | commonFields | constDecl | enumDecl | flagsDecl | structDecl | domainDecl | indexDecl
  | paramDecl | quirkDecl | lockDecl | stateDecl | fnDecl | procDecl | actionDecl | editDecl | eventDecl
  | invariantDecl | propertyDecl | lawDecl | coverDecl | dropDecl | expectDecl
  ;

include      : INCLUDE STRING ;                     // another file's items, as if they stood here
commonFields : FIELDS fieldName (COMMA fieldName)* ;  // what every event may carry and no rule reads
constDecl    : CONST name COLON type ASSIGN expr ;
enumDecl     : ENUM name LBRACE enumMember (COMMA enumMember?)* RBRACE ;
enumMember   : DOC* (name | OK) (ASSIGN expr)? STRING* ;  // the strings: how traces spell it
flagsDecl    : FLAGS name COLON type LBRACE flagMember (COMMA flagMember?)* RBRACE ;
flagMember   : DOC* name ASSIGN expr ;              // constants of the integer type; printed by name
structDecl   : STRUCT name LBRACE params RBRACE ;   // arguments that travel together
domainDecl   : DOMAIN name (COMMA name)* ;
indexDecl    : INDEX name COLON type ;
paramDecl    : PARAM name COLON type ASSIGN expr (IN LBRACK exprs RBRACK)? ;
quirkDecl    : QUIRK name ;
lockDecl     : RW? LOCK name (COLON LBRACK types RBRACK)? ;
stateDecl    : GHOST? STATE name COLON (LBRACK types RBRACK ARROW)? type (ASSIGN expr)? ;

fnDecl     : FN name LPAREN params? RPAREN ARROW type ASSIGN expr ;
procDecl   : PROCEDURE name LPAREN params? RPAREN outputs? cite? block ;
actionDecl : (HIDDEN_ BUDGET INT)? ACTION name LPAREN params? RPAREN outputs? cite? block ;
params     : paramDef (COMMA paramDef?)* ;
paramDef   : DOC* INOUT? name COLON type ;
outputs    : RETURNS LPAREN params RPAREN ;
cite       : LBRACK name (COMMA name)? (COMMA STRING)? RBRACK ;  // evidence; kernel function; note

type
  : RANGE name                                      // lo ..< hi of an index sort; parameters and lets only
  | name QUESTION?
  ;
types : type (COMMA type)* ;

block : LBRACE stmt* RBRACE ;
stmt  : DOC* label? stmtBody ;
label : name cite? COLON ;
stmtBody
  : exitClause                                                             # exitStmt
  | LET ( name (COLON type)? ASSIGN expr (ELSE exitClause)?  // else: the value is none
        | LPAREN names RPAREN ASSIGN name LPAREN args? RPAREN
        )                                                                  # letStmt
  | CALL name LPAREN args? RPAREN                                          # callStmt
  | RETURN (LPAREN expr (COMMA expr)+ RPAREN | expr)? (IF expr)?           # returnStmt
  | UPDATE? pointAssign (FOR binders (WHERE expr)?)?                       # assignStmt
  | FOR binders (WHERE expr)? LBRACE pointAssign* RBRACE                   # forStmt
  | IF expr block (ELSE (block | ifTail))?                                 # ifStmt
  | CHOOSE name COLON type (IN expr)? (WHERE expr)?                        # chooseStmt
  | REQUIRE expr                                                           # requireStmt
  | CREATE name COLON name                                                 # createStmt
  | DESTROY expr                                                           # destroyStmt
  | STEP name? block LINEARIZE?                                            # stepStmt
  | HOLD lockMode name (LBRACK exprs RBRACK)? block                        # holdStmt
  | ACQUIRE lockMode name (LBRACK exprs RBRACK)?                           # acquireStmt
  | RELEASE name (LBRACK exprs RBRACK)?                                    # releaseStmt
  | SCAN binder (DESCENDING_ | ASCENDING) block                            # scanStmt
  | EACH binder (WHERE expr)? block                                        # eachStmt
  | AWAIT expr                                                             # awaitStmt
  | SAMPLE name ASSIGN name                                                # sampleStmt
  | RETRY (IF expr)?                                                       # retryStmt
  ;
ifTail      : IF expr block (ELSE (block | ifTail))? ;
lockMode    : EXCLUSIVE | SHARED ;
exitClause  : MAY? (FAIL name | SUCCEED) (withs (IF expr)? | IF expr withs?)? (WHEN RACED racers?)? ;
racers      : LPAREN racer (COMMA racer)* RPAREN ;
racer       : name (LPAREN racerParam (COMMA racerParam)* RPAREN)? (IF expr)? ;
racerParam  : name ASSIGN name ;
withs       : WITH with_ (COMMA with_)* ;
with_       : name ASSIGN expr ;
lvalue      : name (LBRACK key (COMMA key)* RBRACK)? ;
key         : STAR | expr ;                         // *: every point; a range: every index of it
pointAssign : lvalue ASSIGN (expr | ANY) ;

names   : name (COMMA name)* ;
binders : binder (COMMA binder)* ;
binder  : name (IN expr | OF name) ;
exprs   : expr (COMMA expr)* ;
args    : arg (COMMA arg?)* ;
arg     : (name ASSIGN)? (expr | ANY) ;

expr
  : primary                                         # primaryExpr
  | expr BANG                                       # unwrapExpr
  | expr DOT name                                   # memberExpr
  | (MINUS | TILDE) expr                            # unaryExpr
  | expr op=(STAR | SLASH | PERCENT) expr           # binaryExpr
  | expr op=(PLUS | MINUS) expr                     # binaryExpr
  | expr op=(SHL | SHR) expr                        # binaryExpr
  | expr op=AMP expr                                # binaryExpr
  | expr op=CARET expr                              # binaryExpr
  | expr op=PIPE expr                               # binaryExpr
  | expr UPTO expr                                  # rangeExpr     // lo ..< hi
  | expr op=(EQ | NE | LT | LE | GT | GE) expr      # compareExpr   // not associative
  | expr NOT? IN expr                               # inExpr        // an index in a range
  | NOT expr                                        # notExpr
  | expr AND expr                                   # andExpr
  | expr OR expr                                    # orExpr
  | <assoc=right> expr IMPLIES expr                 # impliesExpr
  | IF expr THEN expr ELSE expr                     # iteExpr
  | q=(ALL | SOME | FIRST) binders COLON expr       # quantExpr
  ;
primary
  : INT
  | TRUE | FALSE | NONE | OK | RESULT
  | name PRIME? (LBRACK exprs RBRACK | LPAREN args? RPAREN)?  // state at a point; function, conversion; name
  | LPAREN expr RPAREN
  ;

// Edits of an inherited action or procedure: clauses and steps by their labels.
editDecl : IN name LBRACE edit* RBRACE ;
edit     : DOC* editBody ;
editBody
  : (BEFORE | AFTER) name COLON stmt                # insertEdit
  | (FIRST | LAST) COLON stmt                       # endEdit       // at the top or the end of the body
  | DROP name                                       # dropEdit
  | SWAP name COMMA name                            # swapEdit
  | REPLACE name COLON? stmt                        # replaceEdit
  ;
dropDecl   : DROP (INVARIANT | LEMMA | PROPERTY | LAW | COVER | EVENT | ACTION) name ;
// an inherited property, in this spec; or what a comparison with the base finds: finding, verdict, claim
expectDecl : EXPECT ((REFUTED | PROVED) name STRING? | ID STRING (ON name)? STRING?) ;

invariantDecl : (INVARIANT | LEMMA) name expectation? COLON expr ;
propertyDecl  : PROPERTY name ON (ALL | names) expectation? COLON expr ;
coverDecl     : COVER name (ON name)? COLON expr ;
lawDecl       : LAW name LPAREN params? RPAREN expectation?
                LBRACE (ASSUME expr)? lawSide (SAME lawSide)? (AGREE names)? (THEN expr)? RBRACE ;
lawSide       : LBRACE lawCall* RBRACE ;
lawCall       : (LET LPAREN names RPAREN ASSIGN)? name LPAREN args? RPAREN (ARROW (OK | name))? ;
expectation   : LBRACK EXPECT REFUTED STRING RBRACK ;

// How a line of a trace becomes calls of actions.
eventDecl : EVENT name (IGNORED | LPAREN (field (COMMA field?)*)? RPAREN eventBlock) ;
field     : DOC* fieldName COLON fieldType (ASSIGN (expr | ANY))? maker? ;
maker     : ELSE name LPAREN args? RPAREN ;         // makes the handle of a name that no event made
fieldName : word (DOT word)* ;
fieldType
  : name QUESTION?                                  // an integer, bool, enum or domain
  | name (PLUS name)? OR name                       // a handle's name (with an offset), or a word of the enum
  | LBRACK arrayColumn (COMMA arrayColumn?)* RBRACK  // of scalars ([v : u8?]) or objects ([present : bool, pfn : u64?])
  ;
arrayColumn : name COLON name QUESTION? ;
eventBlock  : LBRACE eventStmt* RBRACE ;
eventStmt
  : name LPAREN args? RPAREN observes?                             # eventCall
  | IF expr eventBlock (ELSE (eventBlock | eventIfTail))?          # eventIf
  | FOR name IN name eventBlock                                    # eventFor  // i counts from 0
  | REJECT STRING                                                  # eventReject
  ;
eventIfTail : IF expr eventBlock (ELSE (eventBlock | eventIfTail))? ;
observes    : OBSERVES observe (COMMA observe)* ;
observe
  : name (ASSIGN expr (IF expr)? | NAMED fieldName)  // named: the created handle gets the field's string
  | RESULT ASSIGN expr (IF expr)?
  ;

// Words that are only special where a statement or declaration starts; elsewhere they are names.
name
  : ID | AGREE | ASCENDING | ASSUME | AWAIT | AFTER | BEFORE | BUDGET | CALL | COVER | DOMAIN | EACH
  | EVENT | EXCLUSIVE | EXPECT | FIELDS | FLAGS | GHOST | HOLD | IGNORED | INDEX | LAST | LAW | LEMMA
  | LINK | LOCK | NAMED | OBSERVES | ON | PARAM | PROVED | QUIRK | RACED | REFUTED | REJECT | REPLACE
  | RW | SAME | SAMPLE | SCAN | SHARED | SPEC | STATE | STEP | SWAP | THEN | UPDATE
  ;
// A key of a trace's object: nobody asked us when they were named.
word
  : name | ALL | ANY | ACTION | CONST | CREATE | DESTROY | DROP | ELSE | ENUM | EXTENDS | FAIL | FIRST
  | FOR | HIDDEN_ | IF | IN | INCLUDE | INOUT | INVARIANT | LET | MAY | NONE | NOT | OF | OK | PROCEDURE
  | PROPERTY | RANGE | RELEASE | RESULT | RETRY | RETURN | RETURNS | SOME | STRUCT | WHEN | WHERE | WITH
  ;

SPEC:'spec'; EXTENDS:'extends'; LINK:'link'; INCLUDE:'include'; FIELDS:'fields'; CONST:'const';
ENUM:'enum'; FLAGS:'flags'; STRUCT:'struct'; DOMAIN:'domain'; INDEX:'index'; PARAM:'param';
QUIRK:'quirk'; RW:'rw'; LOCK:'lock'; GHOST:'ghost'; STATE:'state'; FN:'fn'; PROCEDURE:'procedure';
HIDDEN_:'hidden'; BUDGET:'budget'; ACTION:'action'; RETURNS:'returns'; INOUT:'inout'; RANGE:'range';
LET:'let'; ELSE:'else'; CALL:'call'; RETURN:'return'; IF:'if'; THEN:'then'; UPDATE:'update'; FOR:'for';
WHERE:'where'; CHOOSE:'choose'; IN:'in'; OF:'of'; REQUIRE:'require'; CREATE:'create'; DESTROY:'destroy';
STEP:'step'; LINEARIZE:'linearize'; HOLD:'hold'; ACQUIRE:'acquire'; RELEASE:'release'; SCAN:'scan';
ASCENDING:'ascending'; DESCENDING_:'descending'; EACH:'each'; AWAIT:'await'; SAMPLE:'sample';
RETRY:'retry'; EXCLUSIVE:'exclusive'; SHARED:'shared'; MAY:'may'; FAIL:'fail'; SUCCEED:'succeed';
WITH:'with'; WHEN:'when'; RACED:'raced'; ANY:'any'; ALL:'all'; SOME:'some'; FIRST:'first'; LAST:'last';
NOT:'not'; AND:'and'; OR:'or'; IMPLIES:'implies'; TRUE:'true'; FALSE:'false'; NONE:'none'; OK:'ok';
RESULT:'result'; BEFORE:'before'; AFTER:'after'; DROP:'drop'; SWAP:'swap'; REPLACE:'replace';
EXPECT:'expect'; REFUTED:'refuted'; PROVED:'proved'; INVARIANT:'invariant'; LEMMA:'lemma';
PROPERTY:'property'; ON:'on'; COVER:'cover'; LAW:'law'; ASSUME:'assume'; SAME:'same'; AGREE:'agree';
EVENT:'event'; IGNORED:'ignored'; REJECT:'reject'; OBSERVES:'observes'; NAMED:'named';

LBRACE:'{'; RBRACE:'}'; LBRACK:'['; RBRACK:']'; LPAREN:'('; RPAREN:')'; COMMA:','; COLON:':';
ARROW:'->'; ASSIGN:'='; QUESTION:'?'; BANG:'!'; DOT:'.'; UPTO:'..<'; EQ:'=='; NE:'!='; LE:'<='; GE:'>=';
SHL:'<<'; SHR:'>>'; LT:'<'; GT:'>'; PLUS:'+'; MINUS:'-'; STAR:'*'; SLASH:'/'; PERCENT:'%'; AMP:'&';
PIPE:'|'; CARET:'^'; TILDE:'~'; PRIME:'\'';

INT     : '0' [xX] [0-9a-fA-F] [0-9a-fA-F_]* | [0-9] [0-9_]* ;
ID      : [A-Za-z_] [A-Za-z0-9_]* ;
STRING  : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
DOC     : '///' ~[\r\n]* ;
COMMENT : '//' ~[\r\n]* -> skip ;
WS      : [ \t\r\n]+ -> skip ;

// What is no token of the language is one nevertheless, so that the lexer never fails; gen/syntax reports
// it and takes it out of the stream.
BAD_NUMBER : [0-9] [A-Za-z0-9_]* ;
BAD_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* ;
BAD_TOKEN  : '&&' | '||' | ':=' | '=>' | '<=>' | '<->' | '...' | '..=' | '..' | '++' | '--' | '+=' | '-='
           | '|=' | '&=' | '/*' | '*/' | '===' | '!==' | '<>' ;
BAD_NAME   : [A-Za-z0-9_]* ~[\u0000-\u007F] ([A-Za-z0-9_] | ~[\u0000-\u007F])* ;
BAD_CHAR   : . ;
