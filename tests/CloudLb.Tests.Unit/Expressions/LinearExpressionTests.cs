using System.Text.RegularExpressions;
using CloudLb.Core.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.Expressions;

/// <summary>Which regular expressions are taken, and that they mean what .NET says that they do.</summary>
public sealed class LinearExpressionTests
{
    [Theory]
    [InlineData("^/api/v[0-9]+/.*$")]
    [InlineData("^/old/(.*)$")]
    [InlineData("^/([^/]+)/(.*)$")]
    [InlineData("^/dp/([A-Za-z0-9]+)/?$")]
    [InlineData("^mywebsite-(.+).com$")]
    [InlineData(".*\\.example\\.com")]
    [InlineData("^(www|api)\\.example\\.(com|org)(:[0-9]{1,5})?$")]
    [InlineData("/users/\\d+")]
    [InlineData("\\?.*$")]
    [InlineData("/(a|bc)/(.+)")]
    [InlineData("(.*)")]
    [InlineData("\\.(jpe?g|png|gif)$")]
    [InlineData("^/(?<version>v\\d)/(?:a|b)")]
    [InlineData("^(/[a-z]+)*$")]
    [InlineData("\\bbot\\b")]
    public void A_usual_one_can_be_asked_for_and_replaced(string text)
    {
        Assert.NotEmpty(LinearExpression.OfCondition(text, ignoresCase: true).Written);
        Assert.NotEmpty(LinearExpression.OfRewrite(text, ignoresCase: false).Written);
    }

    [Theory]
    [InlineData("/a/.*/b/.*/c")]
    [InlineData("a.*b.*c.*d.*e$")]
    [InlineData("foo.*bar")]
    [InlineData("^/x/.+/y/.+/z$")]
    [InlineData("[a-z]+\\.example\\.com$")]
    [InlineData("a+b")]
    [InlineData("(Chrome|Safari!).*Mobile|Android")]
    public void One_with_any_letters_between_its_pieces_can_be_asked_for(string text) =>
        Assert.NotEmpty(LinearExpression.OfCondition(text, ignoresCase: true).Written);

    [Theory]
    [InlineData("^/api/v[0-9]+/.*$", 2)]
    [InlineData("^(www|api|m)\\.example\\.com$", 1)]
    [InlineData("^(/[a-z]+)*$", 2)]
    [InlineData("mobile", 2)]
    [InlineData(".*mobile.*", 2)]
    [InlineData("iPhone|Android|Mobile", 6)]
    [InlineData("foo.*bar.*foo", 2)]
    [InlineData("[ab]{30}[cd]", 31)]
    [InlineData("[ab]{30}[cd]|[ab]{29}[cd]", 61)]
    public void It_is_told_how_often_one_looks_at_each_letter(string text, int looks) =>
        Assert.Equal(looks, LinearExpression.OfCondition(text, ignoresCase: true).Looks);

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(a*)*b")]
    [InlineData("^(.*a){20}$")]
    [InlineData("^\\d+\\d+\\d+x$")]
    [InlineData("^[a-z]+[a-z]+!")]
    [InlineData("^(a?){50}a{50}$")]
    [InlineData("^(x+x+)+y")]
    [InlineData("a+b*[ac]+d$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    public void One_that_could_take_out_of_proportion_is_refused(string text)
    {
        var refused = Assert.Throws<ExpressionException>(() => LinearExpression.OfCondition(text, ignoresCase: false));
        Assert.Contains("out of proportion", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a++")]
    [InlineData("a{3}{4}")]
    [InlineData("a{1001}")]
    [InlineData("a{3,2}")]
    [InlineData("(?=a)")]
    [InlineData("(?<=a)")]
    [InlineData("(?>a)")]
    [InlineData("(?i)a")]
    [InlineData("(a)\\1")]
    [InlineData("\\p{L}")]
    [InlineData("\\Q*\\E")]
    [InlineData("(?R)")]
    [InlineData("[[:alpha:]]")]
    [InlineData("a\\")]
    [InlineData("é")]
    [InlineData("a\nb")]
    [InlineData("^*")]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))))))))))))))))))")]
    [InlineData("((((a{1000}){1000}){1000}){1000})")]
    public void What_is_none_or_not_carried_is_refused(string text) =>
        Assert.Throws<ExpressionException>(() => LinearExpression.OfCondition(text, ignoresCase: false));

    [Fact]
    public void It_means_what_it_says_and_is_written_without_what_could_end_its_quotation()
    {
        var taken = 0;
        var texts = Gen.Elements("a", "b", "A", "/", ".", "-", "").ListOf(12).Select(string.Concat);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(800),
            Prop.ForAll(
                Expressions(3).ToArbitrary(), texts.ArrayOf(6).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(),
                (text, subjects, ignoresCase) =>
                {
                    LinearExpression expression;
                    try
                    {
                        expression = LinearExpression.OfCondition(text, ignoresCase);
                    }
                    catch (ExpressionException)
                    {
                        return;
                    }

                    taken++;
                    var known = new Regex(text, ignoresCase ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None);
                    Assert.DoesNotMatch("[ '\"#%]", expression.Written);
                    foreach (var subject in subjects)
                    {
                        Assert.Equal(known.IsMatch(subject), Regex.IsMatch(subject, expression.Written));
                        Assert.Equal(known.IsMatch(subject), expression.Compared.IsMatch(subject));
                    }
                }));
        Assert.InRange(taken, 100, 800);
    }

    [Fact]
    public void What_it_replaces_is_what_was_looked_for()
    {
        var expression = LinearExpression.OfRewrite("(.*)/v([0-9])-(a|ab)(c?)$", ignoresCase: false);

        Assert.Equal(4, expression.Groups);
        Assert.Equal("/x/v1-ab|/x|1|ab|", Regex.Replace("/x/v1-ab", expression.Written, "$0|$1|$2|$3|$4"));
    }

    private static Gen<string> Expressions(int depth)
    {
        var letters = Gen.Elements("a", "b", "/", "\\.", ".", "[ab]", "[^a]", "-", "\\w", ".*", "a.*b", ".+", "^", "$", "%", "'");
        if (depth == 0)
        {
            return letters;
        }

        var inner = Expressions(depth - 1);
        return Gen.Frequency(
            (3, letters),
            (4, inner.Two().Select(both => both.Item1 + both.Item2)),
            (2, inner.Two().Select(both => $"({both.Item1}|{both.Item2})")),
            (2, inner.Zip(Gen.Elements("*", "+", "?", "{2}", "*?", "{1,3}")).Select(both => $"(?:{both.Item1}){both.Item2}")));
    }
}
