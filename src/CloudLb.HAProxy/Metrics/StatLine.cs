using System.Globalization;

namespace CloudLb.HAProxy.Metrics;

/// <summary>
/// One line of <c>show stat</c>: comma-separated, its first columns in the same places from 2.6 to 3.4, later versions append.
/// </summary>
internal readonly ref struct StatLine
{
    private const int Columns = (int)StatColumn.ConnectionsTotal + 1;

    private readonly ReadOnlySpan<char> _line;
    private readonly ReadOnlySpan<Range> _columns;

    private StatLine(ReadOnlySpan<char> line, ReadOnlySpan<Range> columns, int nameLength)
    {
        _line = line;
        _columns = columns;
        Name = line[..nameLength];
    }

    /// <summary>Room for the columns of a line.</summary>
    public static Range[] Room() => new Range[Columns];

    /// <summary>Proxy and server with a comma between them: one of a kind within a process.</summary>
    public ReadOnlySpan<char> Name { get; }

    public ReadOnlySpan<char> Proxy => _line[_columns[0]];

    public ReadOnlySpan<char> Server => _line[_columns[1]];

    public bool IsFrontend => this[StatColumn.Type] == 0;

    public bool IsPool => this[StatColumn.Type] == 1;

    public bool IsServer => this[StatColumn.Type] == 2;

    public bool IsHttp => Text(StatColumn.Mode) is "http";

    /// <summary>Whether the last check failed before anything was said: the address refused, or nobody answered in time.</summary>
    public bool HasCheckNotConnected
    {
        get
        {
            // While a check is under way, the result of the one before has a star before it.
            var status = Text(StatColumn.CheckStatus).TrimStart("* ");
            return status is "L4TOUT" or "L4CON" or "SOCKERR";
        }
    }

    /// <summary>0 where the column is empty, as it is where it has no meaning.</summary>
    public long this[StatColumn column] =>
        long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>False for the heading, and for a line that is none of ours.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, Range[] room, out StatLine stat)
    {
        stat = default;
        if (line.IsEmpty || line[0] == '#')
        {
            return false;
        }

        var count = 0;
        for (var start = 0; count < room.Length && start <= line.Length; count++)
        {
            var end = EndOf(line, start);
            room[count] = start..end;
            start = end + 1;
        }

        if (count < room.Length)
        {
            return false;
        }

        stat = new(line, room, room[1].End.Value);
        return true;
    }

    /// <summary>
    /// A column that holds commas stands in quotation marks, which are doubled within it: what an instance answered to a check may.
    /// </summary>
    private static int EndOf(ReadOnlySpan<char> line, int start)
    {
        var isQuoted = false;
        for (var position = start; position < line.Length; position++)
        {
            if (line[position] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[position] == ',' && !isQuoted)
            {
                return position;
            }
        }

        return line.Length;
    }

    private ReadOnlySpan<char> Text(StatColumn column) => _line[_columns[(int)column]];
}
