using System.Globalization;

namespace CloudLb.HAProxy.Runtime;

/// <summary>
/// A row of <see cref="StatText"/>. Of a hundred columns one or two are asked for, and of a full cell there are 770 rows, so that a value
/// is looked for when it is.
/// </summary>
internal sealed class StatRow(IReadOnlyDictionary<string, int> columns, string line)
{
    /// <summary>The value of a column by HAProxy's name for it; empty where there is none.</summary>
    public string this[string column] => columns.TryGetValue(column, out var index) ? StatText.Value(line, index) : "";

    /// <summary>Null where the value is no number, or empty as it is where it has no meaning.</summary>
    public long? Number(string column) =>
        long.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
