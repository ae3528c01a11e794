using System.Text.RegularExpressions;

namespace CloudLb.Tests.HAProxy.Templates;

/// <summary>The examples of docs/templates.md, as they stand there.</summary>
internal static partial class DocumentedTemplates
{
    /// <summary>Files, by their paths below the directory of templates.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        Example().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates.md")))
            .ToDictionary(match => match.Groups["path"].Value, match => match.Groups["text"].Value);

    public static IEnumerable<string> Names => All.Keys.Select(path => path.Split('/')[0]).Distinct();

    /// <summary>A data plane with one of the templates, which everybody may use.</summary>
    public static Task<RunningDataPlane> StartAsync(string template, params (string Name, string Value)[] settings)
    {
        HAProxyInstalled.OrSkip();
        var directory = TemplateFiles.NewDirectory();
        foreach (var (path, text) in All.Where(file => file.Key.StartsWith(template + "/", StringComparison.Ordinal)))
        {
            TemplateFiles.Write(directory, path, text);
        }

        return RunningDataPlane.StartAsync(directory, [($"TemplateAccounts:{template}:0", "*"), .. settings]);
    }

    [GeneratedRegex(@"^`(?<path>[a-z-]+/[a-z.]+)`\n\n```\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
