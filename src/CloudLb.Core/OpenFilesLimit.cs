namespace CloudLb.Core;

/// <summary>How many files, sockets among them, this process may have open.</summary>
public static class OpenFilesLimit
{
    /// <summary>The hard limit, to which .NET raises the one in force at start and children raise theirs.</summary>
    public static long Hard()
    {
        const string Row = "Max open files";
        var row = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(Row, StringComparison.Ordinal));
        var columns = row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.TryParse(columns[1], out var limit) ? limit : long.MaxValue;
    }
}
