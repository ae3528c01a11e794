using CloudLb.Elb.Contracts;

namespace CloudLb.Tools.Grammars;

/// <summary>A tag: <c>KEY=VALUE</c>, or <c>KEY</c> alone with an empty value.</summary>
internal static class TagText
{
    public static Tag Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new() { Key = text, Value = "" } : new() { Key = text[..equals], Value = text[(equals + 1)..] };
    }
}
