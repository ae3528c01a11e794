using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>The answers that pass a check: codes and ranges of codes with commas between them, as <c>200,301-303</c>.</summary>
internal static class Matcher
{
    /// <summary>The codes in ascending order; a text that is no matcher, or has a code out of the range, is refused.</summary>
    public static EquatableArray<int> Parse(string text, int least, int most, string kind = "HTTP")
    {
        if (text.Length == 0)
        {
            throw CommonErrors.ValidationError.Because($"Health check matcher {kind} code cannot be empty");
        }

        var codes = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Trim().Split('-');
            var (first, last) = (Code(ends[0], text, least, most, kind), Code(ends[^1], text, least, most, kind));
            if (ends.Length > 2 || first > last)
            {
                throw Invalid(text, kind);
            }

            codes.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return codes.ToEquatableArray();
    }

    private static int Code(string text, string whole, int least, int most, string kind)
    {
        if (text.Length is 0 or > 3 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw Invalid(whole, kind);
        }

        return code >= least && code <= most
            ? code
            : throw CommonErrors.ValidationError.Because(
                $"Health check matcher {kind} code '{code}' must be within '{least}-{most}' inclusive");
    }

    private static ServiceException Invalid(string text, string kind) =>
        CommonErrors.ValidationError.Because($"Health check matcher {kind} code '{ResourceNames.Cut(text)}' is not valid");
}
