using System.Globalization;

namespace CloudLb.HAProxy.Counters;

/// <summary>What a process says of itself as a whole.</summary>
internal static class ProcessInfo
{
    public const string Ask = "show info";

    /// <summary>The least that a process can be asked, to learn whether it answers.</summary>
    public const string AskForVersion = "show version";

    private const string Current = "CurrConns: ", Total = "CumConns: ";

    /// <summary>Whether anybody is connected, and how many have been: the sessions that commands are sent over do not count.</summary>
    public static (long Current, long Total) ConnectionsIn(string info)
    {
        var (current, total) = (0L, 0L);
        foreach (var line in info.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Current))
            {
                current = long.Parse(line[Current.Length..], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith(Total))
            {
                total = long.Parse(line[Total.Length..], CultureInfo.InvariantCulture);
            }
        }

        return (current, total);
    }
}
