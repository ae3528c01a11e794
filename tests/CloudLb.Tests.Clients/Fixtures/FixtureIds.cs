using System.Text.RegularExpressions;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>
/// The ids that ARNs of version 2 end in, which are others in every run: <c>{id-1}</c> is the first that a conversation was answered,
/// <c>{id-2}</c> the second, in answers and in later requests.
/// </summary>
internal sealed partial class FixtureIds
{
    private readonly List<string> _ids = [];

    public void Learn(string answer)
    {
        lock (_ids)
        {
            _ids.AddRange(Id().Matches(answer).Select(match => match.Value).Distinct().Except(_ids).ToList());
        }
    }

    public string PutInto(string answer) =>
        Named().Aggregate(answer, (text, one) => text.Replace(one.Id, one.Name, StringComparison.Ordinal));

    /// <summary>A form that can be sent, out of one with placeholders, which clients encode.</summary>
    public string TakeOutOfForm(string form) => Named().Aggregate(form, (text, one) => text
        .Replace(one.Name, one.Id, StringComparison.Ordinal)
        .Replace(Uri.EscapeDataString(one.Name), one.Id, StringComparison.Ordinal));

    private IReadOnlyList<(string Id, string Name)> Named()
    {
        lock (_ids)
        {
            return [.. _ids.Select((id, index) => (id, $"{{id-{index + 1}}}"))];
        }
    }

    /// <summary>But for the one that fixtures ask for in vain.</summary>
    [GeneratedRegex("(?<=/)(?!0123456789abcdef)[0-9a-f]{16}(?![0-9a-f])")]
    private static partial Regex Id();
}
