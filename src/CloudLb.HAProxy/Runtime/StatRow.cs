using System.Globalization;

namespace CloudLb.HAProxy.Runtime;

/// <summary>A row of <see cref="StatText"/>.</summary>
internal sealed class StatRow(IReadOnlyDictionary<string, int> columns, List<string> values)
{
    /// <summary>The value of a column by HAProxy's name for it; empty where there is none.</summary>
    public string this[string column] => columns.TryGetValue(column, out var index) && index < values.Count ? values[index] : "";

    /// <summary>Null where the value is no number, or empty as it is where it has no meaning.</summary>
    public long? Number(string column) =>
        long.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
