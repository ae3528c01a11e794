using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Protocols.Documents;

/// <summary>Counts what is built of a document, so that no document becomes more than a form could.</summary>
internal sealed class DocumentBudget
{
    /// <summary>Levels of structures and lists. The deepest model that is served has 8.</summary>
    public const int MaxDepth = 32;

    private int _values;

    /// <exception cref="WireException">There are too many.</exception>
    public void AddValue()
    {
        if (_values++ == RequestLimits.MaxParameters)
        {
            throw new WireException(RequestErrors.TooManyParameters);
        }
    }

    /// <exception cref="WireException">It is too long.</exception>
    public static void CheckName(string name)
    {
        if (name.Length > RequestLimits.MaxNameLength)
        {
            throw new WireException(RequestErrors.NameTooLong);
        }
    }

    /// <param name="depth">Of what begins, from 1.</param>
    /// <exception cref="WireException">It is too deep.</exception>
    public static void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw SerializationErrors.TooDeep();
        }
    }
}
