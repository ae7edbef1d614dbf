using System.Text;

namespace Atelier.Data.Archives;

/// <summary>
/// Brings names into the composed form (Unicode's NFC), in which keyboards write them. Archives made on macOS
/// have letters and accents apart, and one class would have two names. Latin letters, kana and Hangul are
/// composed; .NET's own Normalize does nothing in a program without ICU.
/// </summary>
internal static class NameForm
{
    private const char FirstMark = '\u0300';
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;
    private const int Tails = 0x11A7;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    // After each mark: a letter and what it becomes, by turns (UnicodeData.txt, canonical decompositions).
    private static readonly Dictionary<(char, char), char> Composed = Pairs(
    [
        ("\u0300", "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
        ("\u0301", "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ÇḈçḉĒḖēḗÏḮ"),
        ("\u0301", "ïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"),
        ("\u0302", "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ("\u0303", "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ("\u0308", "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
        ("\u030a", "AÅaåUŮuůwẘyẙ"),
        ("\u0327", "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ("\u0304", "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳGḠgḡḶḸḷḹṚṜṛṝ"),
        ("\u0306", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭȨḜȩḝẠẶạặ"),
        ("\u0328", "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ("\u0307", "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆ"),
        ("\u0307", "wẇXẊxẋYẎyẏſẛ"),
        ("\u030c", "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮjǰHȞhȟ"),
        ("\u030b", "OŐoőUŰuű"),
        ("\u031b", "OƠoơUƯuư"),
        ("\u030f", "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕ"),
        ("\u0311", "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
        ("\u0326", "SȘsșTȚtț"),
        ("\u0325", "AḀaḁ"),
        ("\u0323", "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưự"),
        ("\u0323", "YỴyỵ"),
        ("\u0331", "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
        ("\u032d", "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
        ("\u0330", "EḚeḛIḬiḭUṴuṵ"),
        ("\u032e", "HḪhḫ"),
        ("\u0324", "UṲuṳ"),
        ("\u0309", "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
        ("\u3099", "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブ"),
        ("\u3099", "ヘベホボウヴワヷヰヸヱヹヲヺヽヾ"),
        ("\u309a", "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
    ]);

    /// <summary>The composed form.</summary>
    public static string Compose(string name)
    {
        if (!name.AsSpan().ContainsAnyInRange(FirstMark, '\uFFFF')) return name;
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (text.Length > 0 && Join(text[^1], letter) is { } joined)
                text[^1] = joined;
            else
                text.Append(letter);
        }

        return text.ToString();
    }

    private static char? Join(char first, char second)
    {
        if (Composed.TryGetValue((first, second), out var joined)) return joined;
        if (first is >= (char)Leads and < (char)(Leads + 19)
            && second is >= (char)Vowels and < (char)(Vowels + VowelCount))
            return (char)(Syllables + ((((first - Leads) * VowelCount) + second - Vowels) * TailCount));
        var isOpen = first is >= (char)Syllables and < (char)(Syllables + 11172)
            && (first - Syllables) % TailCount == 0;
        return isOpen && second is > (char)Tails and < (char)(Tails + TailCount)
            ? (char)(first + second - Tails)
            : null;
    }

    private static Dictionary<(char, char), char> Pairs((string Mark, string Letters)[] rows)
    {
        var pairs = new Dictionary<(char, char), char>();
        foreach (var (mark, letters) in rows)
        {
            for (var i = 0; i < letters.Length; i += 2)
                pairs.Add((letters[i], mark[0]), letters[i + 1]);
        }

        return pairs;
    }
}
