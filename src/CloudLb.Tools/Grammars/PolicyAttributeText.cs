using CloudLb.Elb.Contracts;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Grammars;

/// <summary>
/// A policy's attribute: <c>name=N, value=V</c>, <c>N=V</c> in a list, or a line <c>N=V</c> of a file. The value may hold <c>=</c>.
/// </summary>
internal static class PolicyAttributeText
{
    public static PolicyAttribute Parse(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || ValueOf(text[..comma], "name") is not { Length: > 0 } name
            || ValueOf(text[(comma + 1)..], "value") is not { } value)
        {
            throw Fault(text, "it must be name=NAME, value=VALUE");
        }

        return new() { AttributeName = name, AttributeValue = value };
    }

    public static PolicyAttribute ParsePair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new() { AttributeName = text[..equals].Trim(), AttributeValue = text[(equals + 1)..].Trim() }
            : throw Fault(text, "it must be NAME=VALUE");
    }

    /// <summary>A line for each; those that begin with <c>#</c> are comments.</summary>
    /// <param name="path"><c>-</c> is standard input.</param>
    public static IEnumerable<PolicyAttribute> ReadFile(string path)
    {
        try
        {
            return [.. (path == "-" ? Lines(Console.In) : File.ReadLines(path))
                .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(ParsePair)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(Running.Fault.MalformedInput, $"the attributes cannot be read: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static string? ValueOf(string part, string key)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 && part[..equals].Trim() == key ? part[(equals + 1)..].Trim() : null;
    }

    private static ToolException Fault(string text, string what) => new(Running.Fault.MalformedInput, $"attribute '{text}': {what}");
}
