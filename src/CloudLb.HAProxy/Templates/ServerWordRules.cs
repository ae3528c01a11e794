using System.Globalization;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// What an operator can say of a member: words that HAProxy takes in its file and in <c>add server</c> alike (2.6), and none of those that
/// CloudLb writes itself.
/// </summary>
internal static class ServerWordRules
{
    private const string Known = "backup, maxconn N, minconn N, maxqueue N, pool-low-conn N, ws auto|h1|h2, tfo";

    /// <summary>The words with one blank between them; throws a <see cref="TemplateException"/> for any other.</summary>
    public static string Checked(string path, string text)
    {
        var words = text.Split('\n')
            .Select(line => line.Split('#')[0])
            .SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var isGood = words[i] switch
            {
                "backup" or "tfo" => true,
                "maxconn" or "minconn" or "maxqueue" or "pool-low-conn" => ++i < words.Count
                    && int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number <= 1_000_000,
                "ws" => ++i < words.Count && words[i] is "auto" or "h1" or "h2",
                _ => false,
            };
            if (!isGood)
            {
                throw new TemplateException(
                    $"{path}: \"{string.Join(' ', words)}\" is not understood at '{words[Math.Min(i, words.Count - 1)]}'; a member can be "
                        + $"given {Known}.");
            }
        }

        return string.Join(' ', words);
    }
}
