namespace CloudLb.AwsApi.Shapes;

/// <summary>The constraints of the model that one request breaks, in the model's order; told all together, in AWS's words.</summary>
internal sealed class Violations
{
    /// <summary>
    /// AWS repeats the value; a value of a megabyte is not worth repeating, so what is longer than any real one is cut here.
    /// </summary>
    private const int MaxValueLength = 2048;

    /// <summary>So that a request of 20,000 broken members is not answered with megabytes. The count in the text stays true.</summary>
    private const int MaxTold = 100;

    /// <summary>Stands for a value that must not be repeated; compared by reference, so that no caller can send it.</summary>
    public static readonly string Secret = new('*', 3);

    private readonly List<string> _told = [];
    private int _count;

    public static string Shorten(string value) =>
        value.Length <= MaxValueLength ? value : string.Concat(value.AsSpan(0, MaxValueLength), "...");

    /// <param name="value">Null for a member that is missing.</param>
    public void Add(string? value, string path, string constraint)
    {
        _count++;
        if (_told.Count < MaxTold)
        {
            var shown = value is null ? " null" : ReferenceEquals(value, Secret) ? "" : $" '{Shorten(value)}'";
            _told.Add($"Value{shown} at '{path}' failed to satisfy constraint: {constraint}");
        }
    }

    /// <exception cref="WireException">There is at least one.</exception>
    public void ThrowIfAny()
    {
        if (_count > 0)
        {
            var errors = _count == 1 ? "1 validation error" : $"{_count} validation errors";
            throw new WireException(new WireError("ValidationError", 400, $"{errors} detected: {string.Join("; ", _told)}"));
        }
    }
}
