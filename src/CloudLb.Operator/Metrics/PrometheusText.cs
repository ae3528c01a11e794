using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace CloudLb.Operator.Metrics;

/// <summary>Writes Prometheus's text format, a line at a time, into a pipe that is emptied as it fills.</summary>
internal sealed class PrometheusText(PipeWriter writer)
{
    /// <summary>Bytes that are gathered before they are sent.</summary>
    private const int Portion = 64 * 1024;

    /// <summary>Bytes of a line beside name and tags: no number's text is longer than 24.</summary>
    private const int LongestRest = 32;

    /// <summary>Of UTF-8, and of one that is escaped.</summary>
    private const int BytesOfCharacter = 3;

    /// <summary>A comma, an equals sign and two quotation marks.</summary>
    private const int TagMarks = 4;

    private const double LongestWhole = 1e15;

    private int _pending;

    /// <summary>Begins a family. Its samples follow, with no other family's between them.</summary>
    /// <param name="name">Ours: letters, digits and underscores.</param>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    /// <param name="help">What it means, in one line.</param>
    public void Family(string name, string type, string help)
    {
        Append("# HELP ");
        Append(name);
        Append(" ");
        Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
        Append("\n# TYPE ");
        Append(name);
        Append(" ");
        Append(type);
        Append("\n");
    }

    /// <param name="name">The family's, and of a histogram the suffix.</param>
    /// <param name="tags">Names and values; a value may hold anything.</param>
    /// <param name="value">What was measured.</param>
    public void Sample(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
    {
        var span = writer.GetSpan(name.Length + LengthOf(tags) + LongestRest);
        var count = Encoding.ASCII.GetBytes(name, span);
        for (var index = 0; index < tags.Length; index++)
        {
            span[count++] = index == 0 ? (byte)'{' : (byte)',';
            count += Encoding.UTF8.GetBytes(tags[index].Key, span[count..]);
            span[count++] = (byte)'=';
            span[count++] = (byte)'"';
            count += Encoding.UTF8.GetBytes(Escaped(TextOf(tags[index].Value)), span[count..]);
            span[count++] = (byte)'"';
        }

        if (tags.Length > 0)
        {
            span[count++] = (byte)'}';
        }

        span[count++] = (byte)' ';

        // Most are whole, and a whole number is written ten times as fast as one; up to there both look the same.
        var isWritten = (long)value is var whole && whole == value && value is >= 0 and < LongestWhole
            ? whole.TryFormat(span[count..], out var written, default, CultureInfo.InvariantCulture)
            : value.TryFormat(span[count..], out written, default, CultureInfo.InvariantCulture);
        count += isWritten ? written : throw new InvalidOperationException("The value's text is longer than any number.");
        span[count++] = (byte)'\n';
        writer.Advance(count);
        _pending += count;
    }

    /// <summary>Sends what has been gathered once that is enough. Called now and then between samples.</summary>
    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) =>
        _pending >= Portion ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _pending = 0;
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Bytes at most: each character of a value may be escaped.</summary>
    private static int LengthOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var length = 2;
        foreach (var (name, value) in tags)
        {
            length += name.Length + (TextOf(value).Length * BytesOfCharacter) + TagMarks;
        }

        return length;
    }

    private static string TextOf(object? value) => value as string ?? value?.ToString() ?? "";

    private static string Escaped(string value) => value.AsSpan().IndexOfAny('\\', '"', '\n') < 0
        ? value
        : value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private void Append(string text)
    {
        var span = writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        var count = Encoding.UTF8.GetBytes(text, span);
        writer.Advance(count);
        _pending += count;
    }
}
