"""Words that are ordinary in English, and how to tell a form of one.

A name that is such a word (Will, Grace, May) is found by its case and what stands around it, a misspelt name must
not be one, and a sentence may begin with one without anyone asking who that is. The list is ours: everyday words,
words of the workplace and of allyship, and given names and surnames that are words.
"""

from collections.abc import Iterator
from functools import cache

# What a form ends in, and what its base may end in instead.
_ENDINGS = (
    ("ies", ("y",)), ("ied", ("y",)), ("ier", ("y",)), ("iest", ("y",)), ("ily", ("y",)), ("iness", ("y",)),
    ("ves", ("f", "fe")), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("er", ("", "e")), ("est", ("", "e")),
    ("ing", ("", "e")), ("ly", ("", "le")), ("ness", ("",)), ("ful", ("",)), ("less", ("",)), ("ment", ("",)),
    ("able", ("", "e")), ("y", ("", "e")), ("d", ("",)),
)  # fmt: skip
_PLAIN_ENDINGS = ("ies", "ied", "es", "s", "ed", "ing", "ly", "ness", "ment")
_HISSING = ("ses", "xes", "zes", "ches", "shes", "oes")
_BEGINNINGS = ("un", "re", "non", "over", "under", "out", "mis", "dis", "pre")


def listed(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def is_word(word: str) -> bool:
    """Whether the word, in lower case, is in the list itself."""
    return word in words()


@cache
def is_ordinary(word: str) -> bool:
    """Whether the word, in lower case, is in the list or a form of one that is."""
    return word in words() or any(base in words() for base in _bases(word))


@cache
def is_everyday(word: str) -> bool:
    """Whether the word is in the list, or one that is in it with -s, -ed, -ing, -ly, -ness or -ment.

    Other forms are names too often to be passed over where a sentence begins: *Peter* is no form of *pet*.
    """
    return word in words() or any(
        word.endswith(ending) and any(base in words() for base in _bases_with(word, ending, instead))
        for ending, instead in _ENDINGS
        if ending in _PLAIN_ENDINGS and not (ending == "es" and not word.endswith(_HISSING))
    )


def _bases(word: str) -> Iterator[str]:
    """What it may be a form of: *worried* of *worry*, *planning* of *plan*, *unseen* of *seen*."""
    for ending, instead in _ENDINGS:
        yield from _bases_with(word, ending, instead)
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= 4:
            yield word[len(beginning) :]


def _bases_with(word: str, ending: str, instead: tuple[str, ...]) -> Iterator[str]:
    if word.endswith(ending) and len(word) - len(ending) >= 3:
        stem = word[: -len(ending)]
        yield from (stem + each for each in instead)
        if len(stem) > 3 and stem[-1] == stem[-2]:
            yield stem[:-1]


@cache
def words() -> frozenset[str]:
    """The list."""
    return listed(_WORDS)


_WORDS = """
mania marine marina marinade every unless meanwhile moreover furthermore luckily surprisingly interestingly hi wow ugh
don won kudos yeah hmm dashboard roadmap backlog offsite onboarding standup retro rota
abbreviated abbreviation ability able aboard abort about above abroad abs absence absent absolute abstract abstraction
abuse accelerator accept acceptance access accessible accessor accident accidental accommodate accompanying
accomplished accordance according account accuracy accurate ache achieve acknowledge acknowledgment acorn acquire acre
across act action activate activation active activity actual adapt add addition additional address adjacent adjust
adjustments admin administrator admire admit advance advantage adventure advertise advice advised afar affect afraid
after afternoon afterward again against age ageism agenda agent aggregate aggression aggressive ago agree agreed ah
ahead aid aim air airfield airplane airport airship alarm alert algorithm alias align alike alive all allergy alley
alligator allocate allocation allocator allow ally allyship almost alone along alongside aloud alpha alphabetical
alpine already also alter alternate alternative although altogether always am amaze amber ambiguity ambiguous ambition
amen america american among amount an analogous analysis analyze ancestor anchor ancient and angel anger angle angry
animal annotated annotation announce annoy anonymous another answer ant anxiety anxious any anybody anyhow anymore
anyone anything anyway anywhere apart ape apiece apologise apologize apology app apparent appear appearance append
apple applicable application applied applies applying appoint appraisal appreciated approach appropriate approved
april apron apt arbitrary arc arch archer architecture archive are area argue argument arise arithmetic arm arose
around arrange array arrive arrow art article artifacts artificial artist as ash ashamed aside ask asleep aspect
assembler assembly assert assertion assets assign assignments assist assistant associate assume assumption
asynchronous at ate atmosphere atomic attach attack attempt attend attention attitude attribute audit august aunt
authenticated authentication author authority authorization authorized authorship autism auto autocomplete automated
automatic automatically automobile autumn auxiliary availability available avenue average avoid await awake awaken
award aware away awful awhile awkward ax axe axis baa babe babies back background backslash backup backward bacon bad
badge bag bail bake bakery balance ball balloon ban banana bandage bandwidth bang banjo bank banter bar barber bare
barefoot bark barn barrel barrier base baseball baseline basic basically basis basket bat batch bath bathe bathroom
bathtub battle battleship bay be beach bead beam bean bear beast beat beautiful beautify beauty became because become
bed bedbug bedroom bedspread bedtime bee beech beef beefsteak beehive been beer beet before beg began beggar begin
begun behalf behave behavior behaviour behind being belief believe bell belong belonging beloved below belt bench
benchmark bend beneath benefit bent berry beside best bet beta between beyond bias bib bible bicycle bid big bill
billboard bin binary binding bird birth birthday biscuit bishop bit bite black blackberry blackbird blackboard
blacksmith blame blank blanket blast blaze bleed bless blew blind blindfold blob block blockquote blog blood bloom
blossom blot blow blue blueberry bluebird blush board boast boat bobwhite body bogus boil boilerplate bold bond bone
bonnet bonus boo book bookcase booker bookkeeper boolean boom boost boot bootstrap border boring born borrow boss both
bottle bottom bought bounce bound boundary bow bowl box boxcar boy boyhood brace bracelet bracket brain brake bran
branch brass brave bread break breakage breakfast breast breath breathe breeze brick bride bridge brief bright
brilliant bring broad broadcast broke broken brook broom brother brought brown browser brush bubble buck bucket buckle
bud budget buf buffalo buffered buffering buffers bug build built bulb bulk bull bullet bully bum bumblebee bump bun
bunch bundle burden burn burnout burst bury bus bush bushel business buster but butcher butler butt buttercup
butterfly buttermilk butterscotch button buttonhole buy buzz by bye bypass byte cab cabbage cabin cabinet cache cackle
cafe cage cake calculate calculation calendar calf call callback callers calm came camel camp campaign campfire can
canal canary cancel cancellation candidate candle candlestick candy cane cannon cannot canoe canonical canonicalize
canteen canyon cap capability capacity cape capital capitalization captain capture car cardboard care career carefully
careless carer caret caretaker carload carpenter carpet carriage carrot cart carter carve case cash cashier cast
castle cat catalog catbird catch category caterpillar catfish catsup cattle caught cause cautious cave caveats ceiling
celebrate cell cellar cent cereal cert certain certificate chain chair chairs chalk champion chance change chap
chapter character charge charity charm chart chase chat cheap cheat check checkbox checkers checkout checksum cheek
cheer cheese cherry chest chew chick chicken chief child childcare childhood children chill chimney chin china chip
chipmunk chocolate choice choose chop chore chorus chose chosen christen christian christmas chunk church churn
cigarette circle circular circumstances circus citizen city claim clang clap clarification clarify clarity clash class
classic classmate classroom clause claw clay clean clear clerk clever click client cliff climb clinic clip clipboard
cloak clock clone close closet cloth cloud clover clown club cluck clump cluster coach coaching coal coast coat cob
cobbler cocoa coconut cocoon cod code codfish coffee coffeepot coin collar colleague collect college collision colon
color colt column comb combination combine come comfort comic comma command commandline commented comments commercial
commit commitment common communicate communication community company compare comparison compassion compat
compatibility compatible compilation compile compilers complain complaints complement complete completions complex
complexity compliance compliant complicated compliment component compose composite compound compress compression
compromise computation compute concatenation concept concerned concerning concerns concurrent condition conditional
conductor cone conference confess confide confidence configuration configure confirm confirmation conflict conform
conformance confuse confusion congratulate conjunction connect connection conscious consecutive consent consequence
consequential conservative consider consideration consist consistency consistent console consolidate constant
constitutes constrained constraint construct construction constructor consult consume consumption contain containers
content context continuation continue contract contrast contribute contributors control convenience convenient
convention conventional conversion convert convey coo cook cookie cool coop cooper coordinates cope copied copies
copper copying copyright cord core cork corn correct correction correspond corrupt corruption cosmetic cost cot
cottage cotton couch cough could count counterparts counters country couple courage course court cousin cover coverage
cow coward cowboy coworker cozy crab crack cradle crafted cramps cranberry crank crash crawl crazy cream create
creation credential credit creek creep crept cried cries criteria critic critical criticise criticism croak crook crop
cross crow crowd crown cruel crumb crumble crush crust cry crypt cryptographic crystal cub cuff culture cup cupboard
cure curiosity curious curl current curses cursor curtain curve cushion custard custom customer customization
customize cut cute cycle dab dad daily dairy daisy dale dam damage dame damp dance dandy danger dangerous dangling
dare dark darling darn dart dash data database date daughter dawn day daybreak daytime dead deadline deaf deal
dealings dean dear death december decent decide decimal decision deck declaration declare decode decompress
decompression decrease decrypt decryption dedicated deed deemed deep deer default defeat defend defense defensive
deferred define definitely definition delay delegate delete deletion deliberately delight delimited delimiter
delivered delta demand demo demotion den denote dense dentist depend dependency dependent deposit deprecate
deprecation depressed depth derivatives derive describe description descriptive descriptor desert deserve design
designated desire desk desktop despair despite destination destiny destroy destruction detach detail detect detection
determination determine deterministic develop developers device devil dew diagnose diagnostic dialect dialog dialogue
diamond dick dictionary did die difference different differentiate differs difficult dig digit dignity dilemma dim
dime dimension dine dinner dip direct direction directive director dirt disability disable disabled disagree disallow
disappear disappoint discard disclaimer discomfort disconnect discouraged discover discriminate discrimination discuss
discussion dish disk dislike dismiss dispatch display disrespect distance distinct distinction distinguish distribute
distribution distributors distrust ditch dive diverse diversity divide division divorce do dock docs doctor document
documentation does dog doing doll dollar dolly domain dominate done donkey door doorbell doorknob doorstep dope dot
double doubt dough dove down downgrade download downstairs downstream downtown dozen draft drag drain drained drank
draw drawn dread dream dress dressmaker drew dried drift drill drink drip drive driven drivers drop drove drown drowsy
drub drum drunk dry dual duck due dug duke dull dumb dummy dump duplicate duplication duration during dust duty dwarf
dwell dwelt dying dynamic dynamically dyslexia each eager eagle ear earlier earn earth ease easier easily east eastern
eat eaten echo eden edge edit editor effect effective efficiency efficient effort egg eh eight eighteen eighth either
elaborate elapsed elbow elder elderly eldest electric electricity element elephant eleven elf eliminate elm else
elsewhere email embarrass embed ember embrace emit emotion empathy employ employee employer empower empty emulate
emulation enable enclosed enclosing encoded encoder encoding encountered encountering encounters encourage encrypt
encryption end endings endorse enemy enforce engage engine engineer english enhance enhancements enjoy enough ensure
enter entire entirety entity entropy entry enumerate enumeration envelope environment epoch equal equality equity
equivalent erase errand erroneous error escape especially essentially establish etc ethnic evaluate evaluation eve
even event eventually ever everybody everyday everyone everything everywhere evidence evil exact examine example
exceed except exception excess excessive exchange excited exciting exclude exclusion exclusive excuse executables
execute execution exercise exhaust exhaustion exist existence exit expand expansion expect expectation expensive
experience experimental expert expiration expire explain explanation explicit exploit exponent export expose express
expression extend extension extensive extent external extra extract extraction extraneous extremely eye eyebrow fable
face facilitate facility fact factor fail failure faint fair faith fake fall fallback fallthrough false familiar
family fan fancy far faraway fare farm farther fashion fast fasten fat fatal father fault favor favorite favour
favourite fear feast feather feature february fed fee feedback feel feet fell fellow felt female feminism feminist
fence fern fetch fever few fib fiddle field fife fifteen fifth fifty fig fight figure file filename fill film filter
final finalization finalize finance finch find fine finger fingerprint finish fire firearm firecracker fireplace
fireworks first fish fisher fisherman fist fit five fix flag flake flame flap flash flashlight flat flatmate flatter
flavors flaw flea flesh flew flex flexibility flexible flies flight flinch flip float flock flood floor flop flour
flow flowery flush flutter fly foam focus fog fold folks follow fond font fool foolish foot football footprint for
forbid forbidden force ford foregoing foreground forehead foreign forest forever forget forgive forgot forgotten fork
form format formerly fort forth fortune forward fought found founder fountain four fourteen fourth fox fractional
fragment frame framework frank frankly free freedom freeze freight french fresh fret friday fried friend friendship
frighten frog from front frost frown froze frozen fruit frustrate fry fudge fuel fulfilled full fun function
functional functionality fundamental funny fur furnished furniture further future gain gale gallon gallop game gang
gap garage garbage garden gardener gas gasoline gate gather gave gay gear geese gender gene general generate
generation generator generic generous gentle gentleman gentlemen gently geography geometry gesture get giant gift
giggle ginger gingerbread girl give given glad glance glass gleam glen glide global glory glove glow glue glyphs go
goal goat gobble god godmother goes going gold golden goldfish golf gone good goodbye goose gooseberry gossip got
govern gown grab grace gracefully gracious grade grain grammar grand grandchild grandchildren granddaughter
grandfather grandma grandmother grandpa grandson grandstand grant grape grapefruit graph graphical grass grasshopper
grateful gratitude grave gravel graveyard gray graze grease great green greet grew grief grin groan grocery ground
grounded group grove grow guarantee guard guess guest guide guidelines guilt guilty gulf gum gun gunpowder guy ha
habit hack had hail hair haircut hairpin hale half hall halt ham hand handkerchief handle handlers handshake
handwriting hang happen happiness happy harass harassment harbor hard hardening hardship hardware hardy hare hark harm
harmony harness harp harper harvest has hash haste hasten hat hatch hatchet hate haul have hawk hay hayfield haystack
hazel he head headache headers heal health heap hear heart heat heath heather heaven heavy heel height held hell hello
helmet help helpers helpful hem hen hence henhouse her here hereby herein hero herself hesitate heuristic hey hickory
hid hidden hide hierarchy high highlight highway hill hillside hilltop him himself hind hint hip hire his historical
history hit hitch hive ho hobby hoe hog hold holders hole holiday hollow holly home homesick honest honestly honey
honeybee honeymoon honk honor hood hoof hook hoop hop hope hopefully horizontal horn horse horseback horseshoe hose
hospital host hostname hot hotel hound hour house housetop housewife housework hover how however howl hug huge hum
human humble humour hump hundred hung hungry hunk hunt hunter hurrah hurried hurry hurt hurtful husband hush hut hymn
hyphen ice icon icy idea ideal identical identification identifiers identify identity idiom if ignorance ignore ill
illegal image imagine img immediate immigrant impact impatient implement implementation implications implicit implied
implies import important impose impossible improper improve improvements in inactive inadvertently inappropriate inbox
inch incidental include includedir inclusion inclusive income incompatible incomplete inconsistency inconsistent
incorporate incorrect increase increment incremental incurred indeed indefinitely indent indentation independent index
indian indicate indication indicator indices indirect individual indoors inefficient inequality infinite info inform
information informational informative infrastructure infringement inherit inheritance inhibit initial initialisation
initialization initialize initializers inject injection ink inline inn inner input insect insecure insensitive insert
insertion inside inspect inspection inspector inspired install installation instance instant instantiating instead
instruction insufficient insult intact integer integral integrate integration integrity intellectual intend intent
intention intentionally interact interaction interactive interest interface interfere interior intermediate intern
internal internship interpret interpretation interrupt interval interview into intrinsic intro introduce introduction
introspection introvert invalid invalidate inverse invert invisible invite invocation invoke involve iris iron
irrelevant is island isolated isolation issue it item iterate iteration its itself ivory ivy jack jacket jade jail jam
january jar jasper jaw jay jealous jelly jellyfish jerk jewel jig job jockey join joke jolly journal journey joy
joyous judge jug juice july jump june junior junk jurisdiction just justice keen keep kept kettle key keyboard keyword
kick kid kids kill kind kindness king kingdom kiss kit kitchen kite kitten knee kneel knew knife knight knit knob
knock knot know knowledge known label lace lack lad ladies laid lake lamb lambda lame lamp lance land lane language
lantern lap laptop lard large lark lash lass last late latency latter laugh launch laundry laurel law lawn lawyer lay
layers layout lazy lead leader leadership leaf leak lean leap learn least leather leave lecture led left leftover leg
legacy legal lemon lemonade length lesbian less lesson let letters lettuce level liability liable liberty library lice
licensed licenses licensing lick lid lie life lifetime lift light lightning like likewise lily limb lime limit
limitation limp line linear linen link linkage lint lion lip list listen listeners listings lit literal little live
lizard load loaders loaf loan local locale localtime locate location lock locomotive log logic logical login lone
lonely lonesome long look lookout lookup loop loopback loose lord lose loss lost lot loud love low lowercase loyal
luck lumber lump lunch lunchtime lying lynx machine machinery macro mad made magazine magic maid mail mailbox mailman
main mainline maintain maintenance major majority make male malformed malfunction malicious mama mamma man manage
manager mandatory mane manger mangle manifest manipulate manner manpage manual map maple mappings marble march mare
margin marginal mark markers market markup marriage marry marshal mask mason mast mat match mate materials maternity
math matrix matters mattress mature maximum may maybe mayor maypole me meadow meal mean meaningful meant measure meat
mechanism media medicine medium meet meeting melody melt mem member memory men mention mentor menu meow mercer mercy
merely merge merit merry mess message met metal method mew mice microaggression middle midnight might migrate
migration mile miles milk milkman mill miller million milliseconds min mind mine minimal minimize minimum minor
minority mint minus minute minutes mirror miscellaneous misgender mishandled misleading mismatched mismatches
misplaced miss mistake mistakenly misty misuse mitigate mitigation mitt mitten mix mode model modern modification
modifiers modify modular module mom moment monday money monitor monkey month moo mood moon moonlight moose mop moral
more morning morrow mortgage moss most mother motion motor mount mountain mouse mouth move movie mow much mud mug mule
multiple multiplication mum murder music must mutually my myrtle myself nail name nap napkin narrow nasty native
natural nature naughty navigation near nearby neat necessary neck necktie need needle negative negotiation negro
neighbor neighborhood neither nerve nervous nest net network never nevermore new newspaper next nibble nice nick
nickel nickname night nightgown nine nineteen ninety no noble nobody nod noise non nonce none nonexistent noon nor
normal normalization normalize north northern nose not notably notation note notebook notes nothing notice
notification notify notion november now nowhere nudge null numb numeric numerical numerous nurse nut oak oar oatmeal
oats obey object obligation obscure observe obsolete obtain obvious occasionally occur occurrence ocean october odd of
off offend offer office official offline offset often oh oil ok okay old olive omission omit on onboarding once one
ongoing onion online only onto onward oops opal opaque open operate operation operator opinion opportunity opposed
opposite oppress optimal optimization optimize option optional or orange orchard order ordinary ore organ origin
original originating other otherwise ouch ought our ourselves out outdated outdoors outfit outlaw outlined output
outsider outstanding oven over overall overeat overflows overhear overlap overloaded overloads overlook overridden
overrides overriding overrun overtime overwhelm overwriting owe owing owl own owners ownership ox pa pace pack package
packet pad page paid pail pain paint pair pal palace pale palmer pan pancake pane panel panic pansy pants papa paper
parade paragraph parallel parallelism parameter pardon parent parental parentheses parenthesis park parker parse
parsley part partial particular parties partition partner pass passenger passion password past paste pasture pat patch
patent paternity path patience patient patronise patsy pattern pause pave paw pay payload payroll pea peace peach peak
peanut pear pearl peck pedantic peek peel peep peer peg pen penalty pencil pending penny pension people pepper
peppermint per percent percentage perfect perform performance perfume perhaps period periodic permanent permission
permit perpetual persist persistent person personal pertaining pet phase phone phrase physical piano pick pickle picky
picnic picture pie piece pig pigeon pile pill pillow pin pine pineapple pink pint pip pipe pipeline piper pistol pit
pitch pity pixel place placeholder plain plan plane plant plate platform platter play playground playhouse playmate
plaything pleasant please pleasure plenty plow plug plugin plum plus pocket pocketbook poem point pointers poison poke
pole police policeman policies polish polite politics poll pond pony pool poor pop popcorn poppy popular populate
popup porch pork port portability porter portion position positional positive possibility possible post postage
postman pot potato potential potter pound pour powder power powerful practical practice pragma praise pray prayer
preceded precedence preceding precise precision precompiled predefined predicate predict prefer preference prefix
pregnancy pregnant prejudice preliminary premature preparation prepare prepend preprocessing prerequisite presence
present presentation preserve press presumably pretend pretty prev prevent previous price prick pride primary prime
primitive prince princess print printers prior priority prison privacy private privilege prize probably probe problem
problematic procedure proceed process processor produce product production profile program progress prohibited
prohibits project prominent promise promote promotion prompt prone pronoun propagate propagation proper property
proposal proposed proprietary protect protection protest proto protocol prototype proud prove provide provision
provoke proxy prudence prune psychologist pub public publicity publish puddle puff pull pump pumpkin punch punctuation
punish pup pupil pure purge purple purpose purse push puss pussycat put puzzle quack qualified qualifier quality quart
quarter queen queer query question queue quick quiet quill quilt quit quite quota quote rabbit race racism racist rack
radio radish rag rage rail railroad railway rain rainbow raise raisin rake ram ran ranch random rang range rant rap
rapidly rare rat rate rather ratio rationale rattle raven raw ray reach react read readability readers real reality
reap rear reason reasonably reassure receive recently receptionist recess recipient recognition recognize recommend
recommendation recorded recording records recovery recruit recruiter recurse recursion recursive red redbird redbreast
redirected redirects redistributed reduce reduction redundant reed reef reeve refactored refactoring reference
referred referring refers reflect refugee refuse regard regenerated region register registration regressed regression
regret regular reimplemented reindeer reject rejected rejection rejoice related relating relation relationship
relative relax release relevant reliably relied relief relies religion reloaded reloading remainder remaining remains
remark remind reminder remote removal removed removes removing renamed renames renaming render rent reordering
reorganize repair repay repeat repeatedly replaced replacement replacing replies reported reporting reports repository
representation represented representing represents reproduced reproducible request require requirements research
resent resentment reserved reserves reset resides resign resist resized resizing resources respect respective respond
response responsibility responsible rest restarted restarting restless restored restores restoring restricted
restricting restriction restrictive result resume retain retire retrieval retrieve retro retry returned returning
returns reuse reverse revert review revised revision revocation revoked reward rewriting rhythm rib ribbon rice rich
rid riddle ride ridge right rim ring rip ripe rise risk river road roadside roar roast rob robe robin robust rock
rocket rod rode role roll rollback roman roof room rooster root rope rose rosebud rosemary roster rot rota rotten
rough round route routine row rowan rowboat royal royalty rub rubbish ruby rude rug rule rumble run rung rush rust
rusty rye sack sad saddle safe safety sage said sail sailboat sailor saint sake salad salary sale salt same sample
sand sandwich sandy sane sang sanity sank sap sarcasm sash sat satin satisfactory satisfy saturday sausage savage save
savings saw sawyer say scab scale scan scare scared scarf scarlet scenario schedule schema scheme school schoolboy
schoolhouse schoolmaster schoolroom scope scorch score scrap scrape scratch scream screen screw script scroll scrub
sea seal seam search season seat sec second secret section secure security see seek seem seen seesaw segment
segmentation select selection selectively self selfish sell semantic send senior seniority sense sensible sensitive
sent sentence separate separation separator september sequence sequential serial serialization serialize series
serious servant serve servers service session set settings settle setup seven seventeen seventh seventy several
severity sew sexism sexist shade shadow shake shall shallow shame shape share sharp shave she shear sheep sheet shelf
shell shelter shepherd sherry shift shine ship shirt shock shoe shoemaker shone shook shoot shop shore short shortcut
shorten shorthand shot should shout shovel show shown shrink shrug shut shutdown shy sibling sick side sidewalk
sideways sigh sight sign signal signature significant silence silent silk sill silver similar simple simplification
simplify simultaneously sin since sincere sing single sink sip sir sis sister sit site situation six sixteen sixth
sixty size skate skeleton ski skill skin skip skipper skirt sky slack slam slap slash slate slater slave sled sleep
sleeve sleigh slept slice slid slide slight sling slip slippery slit slot slow slur sly smack small smart smell smile
smoke smooth snail snake snap snapshot sneeze snippet snow snowball snowflake snuff snug so soak soap sob socket
socks sod soda sofa soft soil sold soldier sole solidarity solution solve some somebody somehow someone something
sometime somewhat somewhere son song sonny soon sore sorrow sorry sort soul sound soup sour source south southern
space spade span spank sparrow sparse spawn speak spear spec special specialized specific specifically specifications
specifiers specify speech speed speedup spell spellcheck spend spent spider spike spill spin spinach spirit spit
splash split spoil spoke spook spoon sport spot spouse spread spring springtime sprinkle spurious square squash squeak
squeeze squirrel stability stable stack stage stair stakeholder stale stall stamp stand standalone standard standup
stanza star stare stark start startup starve stash state statements static statically station statistics status stay
steak steal steam steamboat steel steep steeple steer stem step stereotype sterling stick stiff stigma still sting
stir stitch stock stole stone stood stool stoop stop storage store stories stork storm stove straight strange stranger
strap strategy straw strawberry stray stream street strength stress stretch strict string strip strong structure
struggle stub stuck student study stuff stump stung stupid style subject sublicense submit suboptimal subroutine
subscribe subscript subsequent subset substantial substitute substitution subtle subtract succeed success successfully
successive such suck sudden sue suffer sufficient suffix sugar suggest suggestion suit suitability suite sulk sum
summary summer sun sunday sunflower sung sunk sunlight sunny sunrise sunset sunshine super superficial superfluous
superseded superset supervisor supper supply support suppose suppress suppression sure surface surgery surprise
surrounding survive suspend suspicion swallow swam swamp swan swap swat swear sweat sweep sweet sweetheart swell swept
swift swim swing switch sword swore symbol symbolic symmetric sympathy synchronous synonym synopsis syntax system tab
table tablecloth tablespoon tablet tack tag tail tailor taint take taken tale talent talk tall tame tan tank tanner
tap tape tar tardy target task taste taught tax tea teach teacher team teammate tear tears tease teaspoon tech
technical technique teenager teeth telephone tell temp template temple temporary ten tennis tension tent term terminal
terminate termination terminator terminology terrible terrify test text textual than thank thankful thanks
thanksgiving that the theater thee their them theme themselves then theoretical theory therapist therapy there thereby
therefore thereof these thick thief thimble thin thing think third thirsty thirteen thirty this thorn those though
thought thoughtful thousand thread three threshold threw throat throne through throughout throw thrown thumb thunder
thursday thus thy tick ticket tickle tidy tie tiger tight tilde till timber time timeout timers timestamp timezone tin
tinkle tiny tip tiptoe tire tired title to toad toadstool toast tobacco today todo toe together toggle toilet token
told tolerate tomato tomorrow ton tone tongue tonight too took tool toot tooth toothbrush toothpick top topic tore
torn toss total touch tow toward towel town toxic toy trace track trade trademark traditional traffic trailing train
trainee tramp transaction transfer transform transformation transgender transient transition transitional translate
translation translator transmit transparent transport trap trauma traversal traverse tray treasure treat tree trial
trick tricycle tried tries trigger trim trinity trip triplet trivial trolley trouble truck true truly truncate
truncation trunk trust truth try tub tuesday tug tulip tumble tune tunnel turkey turn turner turtle tutorial tweak
twelve twenty twice twig twin two type typical typo ugly umbrella unaffected unaligned unchanged unchecked uncle
uncompressed undefined under underscores understands undo undocumented unenforceable unexpected unfair unfinished
unfortunately unfriendly unhandled uniform unify unimplemented uninstalled unintended union unique unit universal
unkind unlikely unlimited unmaintained unmodified unnecessarily unneeded unpacking unquoted unreachable unreadable
unrecognized unreliable unset unsigned unspecified unsupported untested until untracked untrusted unused unwanted
unwind unzip up upcoming update upgrade upload upon upper uppercase upset upside upstairs upstream uptown upward urge
urgency us usable usage uscan use user username using usual utility utilize vacation vale valentine valid validate
validation validity valign valley value variable variant variation variety various varying vase vector vegetable
velvet vendor verbatim verbosity verification verify verity version versus vertical very vessel veteran via vice
victim victor victory video view viewport village vine viola violates violation violence violet virtual visa
visibility visible visit visitor voice void volatile volume volunteer vote vulnerability vulnerable wag wage wagon
waist wait wake waken walk walker wall walnut want war ward warden warehouse warm warn warnings warranty warren was
wash washtub waste watch watchman water watermelon waterproof waters wave wax way wayside we weak weaken weakness
wealth weapon wear weather weave weaver web website wedding wednesday wee week weekend weekly weep weigh weight weird
welcome well wells went were west western wet whale what whatever wheat wheel wheelchair wheeler when whenever where
whereas wherever whether which while whip whirl whiskey whisky whisper whistle white who whole whom whose why wicked
wide width wife wiggle wild wildcard wildcat will willing willow win windmill window windy wine wing wink winter wipe
wire wise wish wit witch with within without witness woke wolf woman women won wonder wood wooden woodpecker woods
wool woolen word wore work workers workflow workload workman workplace workshop world worldwide worm worn worried
worry worse worst worth would wound wove wrap wrappers wreck wren wright wring write writers written wrong wrote wrung
yahoo yard yarn year yell yellow yes yesterday yet yield yoga yolk yonder you young youngster your yourself youth zero
zip zone
"""
