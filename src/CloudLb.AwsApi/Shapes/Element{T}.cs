namespace CloudLb.AwsApi.Shapes;

/// <summary>What a list, or the values of a map, is made of: how one is read, held against the model, and written.</summary>
public abstract class Element<T>
{
    private protected Element()
    {
    }

    /// <summary>What the model asks of each, in AWS's words; null when it asks nothing.</summary>
    internal virtual string? Constraint => null;

    /// <summary>Whether one has what <see cref="Constraint"/> says.</summary>
    internal virtual bool Satisfies(T value) => true;

    /// <param name="place">Where it stands.</param>
    internal abstract T Read(WireValue value, in ElementPlace place);

    internal abstract void Write(ShapeWriter writer, ReadOnlySpan<byte> name, T value);
}
