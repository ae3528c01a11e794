namespace CloudLb.HAProxy.AccessLog;

/// <summary>What HAProxy has kept of a head, slot by slot in the order of their declarations; a slot may be empty.</summary>
internal readonly ref struct CapturedSlots
{
    private const char Bar = '|';

    private readonly ReadOnlySpan<char> _text;

    private CapturedSlots(ReadOnlySpan<char> text) => _text = text;

    public ReadOnlySpan<char> this[int slot]
    {
        get
        {
            var rest = _text;
            for (; slot > 0; slot--)
            {
                rest = rest[(rest.IndexOf(Bar) + 1)..];
            }

            return rest.IndexOf(Bar) is >= 0 and var end ? rest[..end] : rest;
        }
    }

    /// <param name="rest">Begins with what was captured; ends behind it.</param>
    /// <param name="count">How many slots there must be.</param>
    public static CapturedSlots Read(ref ReadOnlySpan<char> rest, int count)
    {
        var end = rest.IndexOf("} ");
        if (end < 1 || rest[0] != '{' || rest[1..end].Contains('{'))
        {
            throw new FormatException("What was captured is missing.");
        }

        var text = rest[1..end];
        rest = rest[(end + 2)..];
        return text.Count(Bar) == count - 1
            ? new(text)
            : throw new FormatException("What was captured has too few slots, or too many.");
    }
}
