using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Makes messages of any contract that keep all constraints of the models.</summary>
internal static class Sample
{
    public static object Of(Type type, SampleFill fill)
    {
        var message = Activator.CreateInstance(type)!;
        var hasRequired = type.GetProperties().Any(property => property.IsDefined(typeof(RequiredMemberAttribute)));
        foreach (var property in type.GetProperties())
        {
            // A structure without members cannot be told from an absent one, so one that requires none has them all.
            if (property.CanWrite && (fill == SampleFill.Everything || !hasRequired || property.IsDefined(typeof(RequiredMemberAttribute))))
            {
                property.SetValue(
                    message,
                    property.Name switch
                    {
                        "AccessKeyId" => "AKIDEXAMPLEEXAMPLE",
                        _ when property.Name.Contains("Path", StringComparison.Ordinal) => "/a.1/",
                        _ => Value(property.PropertyType, fill),
                    });
            }
        }

        return message;
    }

    public static string Text(object message) => JsonSerializer.Serialize(message, message.GetType());

    private static object Value(Type type, SampleFill fill)
    {
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        if (scalar == typeof(string))
        {
            return "a.1";
        }

        // 5 lies within every range of the models.
        if (scalar == typeof(int))
        {
            return 5;
        }

        if (scalar == typeof(long))
        {
            return 5_000_000_000L;
        }

        if (scalar == typeof(bool))
        {
            return true;
        }

        return scalar == typeof(DateTimeOffset)
            ? DemoServer.Noon.AddMilliseconds(970)
            : scalar.IsGenericType
            ? List(scalar, fill)
            : Of(scalar, fill);
    }

    private static IList List(Type type, SampleFill fill)
    {
        var item = type.GetGenericArguments()[0];
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Value(item, fill), 0);
        list.SetValue(Value(item, fill), 1);
        return list;
    }
}
