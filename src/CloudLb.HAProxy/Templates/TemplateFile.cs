using System.Text.RegularExpressions;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// A file of an operator: a whole template as <c>frontend.liquid</c>, or what stands at one of its points as <c>frontend.rules.liquid</c>;
/// with a port for the listener of that port alone, as <c>frontend.rules.443.liquid</c>.
/// </summary>
/// <param name="Path">Below the directory of templates.</param>
/// <param name="Kind">What it is a template of.</param>
/// <param name="Point">The point that it fills; null for a whole template.</param>
/// <param name="Port">The listener's port; null for all listeners.</param>
/// <param name="Text">What stands in it.</param>
internal sealed partial record TemplateFile(string Path, TemplateKind Kind, string? Point, int? Port, string Text)
{
    public const string Extension = ".liquid";

    /// <summary>The template's name, which is its folder's; null for the installation's.</summary>
    public string? Template => Path.IndexOf('/') is > 0 and var slash ? Path[..slash] : null;

    /// <summary>Reads what a file's name says of it; throws a <see cref="TemplateException"/> when it is no name of a template.</summary>
    public static TemplateFile Of(string path, string text)
    {
        var match = FileName().Match(path[(path.IndexOf('/') + 1)..]);
        if (!match.Success || !Enum.TryParse<TemplateKind>(match.Groups["kind"].Value, ignoreCase: true, out var kind))
        {
            throw new TemplateException($"{path} is no name of a template; 'cloudlb template list' says which there are.");
        }

        var point = match.Groups["point"] is { Success: true } named ? named.Value : null;
        int? port = match.Groups["port"] is { Success: true } digits ? int.Parse(digits.ValueSpan) : null;
        var shape = TemplateShape.Of(kind);
        if (point is not null && !shape.Points.Contains(point))
        {
            throw new TemplateException($"{path}: {shape.Name} has no point '{point}'; it has {shape.PointsInWords}.");
        }

        if (port is not null && kind != TemplateKind.Frontend)
        {
            throw new TemplateException($"{path}: a port can stand in the names of frontend templates alone.");
        }

        if (kind is TemplateKind.Global or TemplateKind.Defaults && path.Contains('/'))
        {
            throw new TemplateException($"{path}: what all load balancers share has its templates beside the folders, not in one.");
        }

        return text.AsSpan().IndexOfAny(Marks) < 0 && !text.Any(character => char.IsControl(character) && character is not ('\n' or '\t'))
            ? new(path, kind, point, port, text)
            : throw new TemplateException(
                $"{path} has characters that are neither text, a tab nor the end of a line (a carriage return?).");
    }

    // What stands for CloudLb's own lines while a template is rendered.
    internal const char Begin = '\uE000', End = '\uE001';

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create(Begin, End);

    [GeneratedRegex(@"^(?<kind>[a-z]+)(\.(?<point>[a-z]+))?(\.(?<port>[1-9][0-9]{0,4}))?\.liquid\z")]
    private static partial Regex FileName();
}
